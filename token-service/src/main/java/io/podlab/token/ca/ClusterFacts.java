package io.podlab.token.ca;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer to {@code GET /cluster-info}.
 *
 * @param endpoint {@code host:port} of the API server; absent if unknown
 * @param caCertHashes one hash per CA certificate
 * @param signed IDs of the tokens with a signature in cluster-info, sorted
 * @param warnings why nodes cannot join; absent if there are none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ClusterFacts(
    Optional<String> endpoint,
    List<String> caCertHashes,
    List<String> signed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings)
    implements PlainText {
  static ClusterFacts of(ClusterInfo info, Instant now) {
    CaHashes authority = CaHashes.of(info.certificateAuthority(), now);
    return new ClusterFacts(
        info.endpoint().map(Endpoint::toString),
        authority.hashes(),
        info.signed().stream().sorted().toList(),
        Stream.concat(
                Stream.of(info.endpointProblem()).filter(problem -> !problem.isEmpty()),
                authority.warnings().stream())
            .toList());
  }

  @Override
  public String plainText() {
    return "Endpoint:  %s\nCA hash:   %s\nSigned by: %s\n"
            .formatted(endpoint.orElse("<unknown>"), join(caCertHashes), join(signed))
        + warnings.stream()
            .map(warning -> "Warning:   " + warning + "\n")
            .collect(Collectors.joining());
  }

  private static String join(List<String> words) {
    return words.isEmpty() ? "<none>" : String.join(", ", words);
  }
}
