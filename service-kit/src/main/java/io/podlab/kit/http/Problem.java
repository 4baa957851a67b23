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
 * @param title the name of the status, such as {@code Not Found}
 * @param detail what is wrong, for the person who sent the request; never the message of an
 *     exception of a library
 * @param field the parameter, header or field that is wrong, or null
 * @param accepted the accepted values, as the end of a sentence that starts with "use", or null
 * @param requestId identifies the request in the log of the service; set when the problem is sent
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

  /** The 404 for an unknown path. */
  static Problem noEndpoint(String path) {
    return of(404, "no endpoint at " + path + "; /q/openapi lists all endpoints");
  }

  /** A 400 for one parameter, header or field. */
  public static Problem badField(String field, String detail, String accepted) {
    return new Problem(
        Status.BAD_REQUEST.getReasonPhrase(),
        Status.BAD_REQUEST.getStatusCode(),
        detail,
        field,
        accepted);
  }

  /** For example {@code 400 Bad Request: ttl: '5' is not a duration; use 1m or more}. */
  @Override
  public String plainText() {
    StringBuilder line = new StringBuilder().append(status).append(' ').append(title);
    if (field != null) {
      line.append(": ").append(field);
    }
    line.append(": ").append(detail);
    if (accepted != null) {
      line.append("; use ").append(accepted);
    }
    return line.append('\n').toString();
  }

  /** A response builder, so that the caller can add headers. */
  public Response.ResponseBuilder response(HttpHeaders request) {
    return response(status, withRequestId(RequestId.current()), request);
  }

  /**
   * A response for an error with more members than a problem has.
   *
   * @param request the headers that decide between JSON and text
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
   * Whether the client prefers JSON to text.
   *
   * @param accept the {@code Accept} header, or null
   */
  static boolean asJson(String accept) {
    return Representation.choose(Negotiation.TEXT_OR_JSON, accept)
        .equals(Optional.of(Representation.JSON));
  }
}
