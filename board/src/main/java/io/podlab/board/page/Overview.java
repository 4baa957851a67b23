package io.podlab.board.page;

import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Recording;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.time.Instant;
import java.util.List;

/**
 * A short overview of the board.
 *
 * @param title for example the namespaces, or the title of the recording
 * @param namespaces the namespaces that have lanes
 * @param pods the number of pods, including deleted ones
 * @param moments the number of moments that the board keeps
 * @param dropped the number of dropped moments
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

        Open this address in a browser to see the live timeline. Other endpoints:
          /moments           moments as a table; ?namespace=, ?pod=, ?since=5m, ?follow
          /picture.svg       the timeline as an SVG file; ?last=5m, ?namespace=, ?label=app=web
          /recording.json    all lanes and moments as a JSON file
          /q/openapi         the API description
        """
        .formatted(
            title.isEmpty() ? "" : Printable.line(title) + "\n",
            namespaces.isEmpty() ? "none yet" : String.join(", ", namespaces),
            pods,
            moments,
            dropped);
  }
}
