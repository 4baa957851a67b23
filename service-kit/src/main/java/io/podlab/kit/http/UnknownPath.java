package io.podlab.kit.http;

import io.podlab.kit.text.Printable;
import java.util.List;

/**
 * Problem details of a 404, with the list of endpoints.
 *
 * @param requestId the id of the request in the log
 * @param endpoints sorted by path
 */
public record UnknownPath(
    String title, int status, String detail, String requestId, List<Endpoint> endpoints)
    implements PlainText {
  static UnknownPath of(String path, String requestId, List<Endpoint> endpoints) {
    Problem problem = Problem.noEndpoint(Printable.line(path));
    return new UnknownPath(
        problem.title(), problem.status(), problem.detail(), requestId, endpoints);
  }

  public UnknownPath withDetail(String other) {
    return new UnknownPath(title, status, other, requestId, endpoints);
  }

  @Override
  public String plainText() {
    StringBuilder text = new StringBuilder();
    text.append(status).append(' ').append(title).append(": ").append(detail).append('\n');
    int widest = endpoints.stream().mapToInt(one -> one.path().length()).max().orElse(1);
    for (Endpoint endpoint : endpoints) {
      text.append(
          String.format(
              "  %-7s %-" + widest + "s  %s%n",
              endpoint.method(),
              endpoint.path(),
              endpoint.summary()));
    }
    return text.toString();
  }
}
