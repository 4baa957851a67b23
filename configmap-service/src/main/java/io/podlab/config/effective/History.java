package io.podlab.config.effective;

import io.podlab.config.reload.Revision;
import io.podlab.kit.http.PlainText;
import java.util.List;

/**
 * The answer to {@code GET /config/history}.
 *
 * @param revisions newest first, at most 100
 */
public record History(List<Revision> revisions) implements PlainText {
  @Override
  public String plainText() {
    StringBuilder text = new StringBuilder();
    for (Revision one : revisions) {
      text.append(
          "%s %s, %d %s changed\n"
              .formatted(
                  one.when(), title(one), one.changed(), one.changed() == 1 ? "key" : "keys"));
      one.errors().forEach(error -> text.append("  ! ").append(error.sentence()).append('\n'));
      one.changes().forEach(change -> text.append(change.text("  ")));
    }
    return text.toString();
  }

  private static String title(Revision one) {
    String revision =
        one.revision().map(name -> "revision " + name).orElse("content without a revision");
    return one.result() == Revision.Result.ROLLBACK
        ? "rollback to " + revision
        : "%s %s from %s".formatted(one.result(), revision, one.source());
  }
}
