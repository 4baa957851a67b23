package io.podlab.board.page;

import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Recording;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.time.Instant;
import java.util.List;

/**
 * What the board has, in a few lines.
 *
 * @param title what is shown, for example that it is a sample; empty if there is nothing to say
 * @param namespaces of which something is known
 * @param pods how many are known, those that are gone included
 * @param moments how many are kept
 * @param dropped how many were dropped
 */
public record Overview(
    String title, List<String> namespaces, long pods, int moments, long dropped, Instant now)
    implements PlainText {
  static Overview of(Recording recording) {
    return new Overview(
        recording.title(),
        recording.lanes().stream().map(Lane::namespace).distinct().sorted().toList(),
        recording.lanes().stream().filter(lane -> lane.kind().equals("Pod")).count(),
        recording.moments().size(),
        recording.dropped(),
        recording.to());
  }

  @Override
  public String plainText() {
    return """
        %sNamespaces: %s
        Pods: %d, moments: %d (%d dropped)

        In a browser this address is the live timeline. Also here:
          /moments           what happened, as a table; ?namespace=, ?pod=, ?since=5m, ?follow
          /picture.svg       the drawing as one file; ?last=5m, ?namespace=, ?label=app=web
          /recording.json    all of it, to show again
          /q/openapi         the whole API
        """
        .formatted(
            title.isEmpty() ? "" : Printable.line(title) + "\n",
            namespaces.isEmpty() ? "none yet" : String.join(", ", namespaces),
            pods,
            moments,
            dropped);
  }
}
