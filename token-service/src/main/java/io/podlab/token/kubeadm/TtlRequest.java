package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The body of {@code PATCH /tokens/{id}}: a new time to live, from now. */
final class TtlRequest {
  private static final String TTL = "ttl";
  private static final RequestFields FIELDS =
      new RequestFields(List.of(TTL), Set.of(), TTL + "=2h");

  private TtlRequest() {}

  /**
   * @return zero for a token that never expires
   * @throws ProblemException (400) naming the invalid field and the accepted values
   */
  static Duration parse(boolean json, String body, TtlLimits limits) {
    List<String> values = FIELDS.parse(json, body).get(TTL);
    if (values == null) {
      throw new ProblemException(
          Problem.badField(
              TTL, "the field is missing", "the new time to live, for example curl -d ttl=2h"));
    }
    return limits.checked(values.get(0));
  }
}
