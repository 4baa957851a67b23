package io.podlab.kit.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;

/**
 * An error as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> problem details.
 *
 * @param title the status in words
 * @param status the HTTP status code
 * @param detail what went wrong this time, for the person who caused it; never an exception's text
 * @param field the part of the request that is wrong, if it is one
 * @param accepted what would be accepted in its place
 * @param requestId finds the request in the service's log; set when the problem is sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String title, int status, String detail, String field, String accepted, String requestId)
    implements PlainText {
  public static final String JSON = "application/problem+json";

  public Problem(String title, int status, String detail, String field, String accepted) {
    this(title, status, detail, field, accepted, null);
  }

  Problem withRequestId(String id) {
    return new Problem(title, status, detail, field, accepted, id);
  }

  public static Problem of(int status, String detail) {
    Status known = Status.fromStatusCode(status);
    return new Problem(
        known == null ? "Error" : known.getReasonPhrase(), status, detail, null, null);
  }

  /** The 404 for a path that is not there. */
  static Problem nothingAt(String path) {
    return of(404, "nothing is at " + path + "; /q/openapi lists what there is");
  }

  /** A 400 for one field of the request. */
  public static Problem badField(String field, String detail, String accepted) {
    return new Problem(
        Status.BAD_REQUEST.getReasonPhrase(),
        Status.BAD_REQUEST.getStatusCode(),
        detail,
        field,
        accepted);
  }

  /** {@code 400 Bad Request: ttl: …; accepted: …}. */
  @Override
  public String plainText() {
    StringBuilder line = new StringBuilder().append(status).append(' ').append(title);
    if (field != null) {
      line.append(": ").append(field);
    }
    line.append(": ").append(detail);
    if (accepted != null) {
      line.append("; accepted: ").append(accepted);
    }
    return line.append('\n').toString();
  }

  /** The response with this problem, to which headers can be added. */
  public Response.ResponseBuilder response(HttpHeaders request) {
    return response(status, withRequestId(RequestId.current()), request);
  }

  /**
   * The response with an error that says more than a problem does.
   *
   * @param request its headers say whether the client wants JSON
   */
  public static Response.ResponseBuilder response(int status, PlainText body, HttpHeaders request) {
    return Response.status(status)
        .type(
            asJson(request.getHeaderString(HttpHeaders.ACCEPT))
                ? JSON
                : MediaType.TEXT_PLAIN + ";charset=UTF-8")
        .entity(body);
  }

  /**
   * Whether a client gets the JSON form.
   *
   * @param accept its {@code Accept} header, or null
   */
  static boolean asJson(String accept) {
    return Representation.choose(Negotiation.TEXT_OR_JSON, accept)
        .equals(Optional.of(Representation.JSON));
  }
}
