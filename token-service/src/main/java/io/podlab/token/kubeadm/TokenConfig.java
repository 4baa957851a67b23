package io.podlab.token.kubeadm;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** The limits of new tokens. */
@ConfigMapping(prefix = "lab.token")
public interface TokenConfig {
  /**
   * The longest accepted {@code ttl}, a Go duration of at least 1s. Default: no limit, as with
   * kubeadm. A request without {@code ttl} gets 24h, or this limit if it is shorter.
   */
  Optional<String> maxTtl();

  /**
   * Whether the service accepts {@code ttl=0}, which creates a token that never expires. Default
   * {@code true}, as with kubeadm; {@code false} if {@link #maxTtl} is set.
   */
  Optional<String> allowForever();

  /**
   * The largest number of new tokens per second, and of a burst after a pause; further requests get
   * 429. 1 to 1,000,000. Default 1,000 with the file backend, 20 on a cluster, to protect the API
   * server.
   */
  OptionalInt maxCreates();
}
