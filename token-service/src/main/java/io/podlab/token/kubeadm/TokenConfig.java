package io.podlab.token.kubeadm;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** What may be asked for. */
@ConfigMapping(prefix = "lab.token")
public interface TokenConfig {
  /**
   * The longest {@code ttl}, Go's duration of at least 1s; none by default, as with kubeadm. A
   * request that names no {@code ttl} gets 24h, or this if it is shorter.
   */
  Optional<String> maxTtl();

  /**
   * {@code true} or {@code false}: whether {@code ttl=0} makes a token that never expires. Default
   * {@code true}, as with kubeadm; {@code false} where {@link #maxTtl} is set, which it exceeds.
   */
  Optional<String> allowForever();

  /**
   * How many tokens a second may be made, and how many at once after a pause; the rest is answered
   * 429. 1 to 1,000,000. Default 1,000 for the file backend, 20 for a cluster, whose API server has
   * other work.
   */
  OptionalInt maxCreates();
}
