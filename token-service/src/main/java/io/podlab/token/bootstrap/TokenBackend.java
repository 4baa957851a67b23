package io.podlab.token.bootstrap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stores bootstrap tokens. Every method may block, is called by many threads concurrently, and may
 * throw {@link BackendUnavailableException}.
 */
public interface TokenBackend {
  /** The value of {@code LAB_TOKEN_BACKEND} for this backend. */
  String name();

  /** All tokens, sorted by ID, including expired ones that are not removed yet. */
  List<BootstrapToken> list();

  /** The token with this ID, even if it has expired. */
  Optional<BootstrapToken> find(String id);

  /**
   * Stores a new token. After this method returns, the token survives a crash.
   *
   * @throws TokenExistsException if a token with this ID exists; it is not changed
   */
  void create(BootstrapToken token);

  /**
   * Removes this token.
   *
   * @return false if no token has this ID, or if it has a different secret
   */
  boolean delete(BootstrapToken token);

  /**
   * Removes this token unless its expiry has changed: another client may have extended it.
   *
   * @return false if no token has this ID, or if it has a different secret or expiry
   */
  boolean deleteUnchanged(BootstrapToken token);

  /**
   * Changes when this token expires. After this method returns, the change survives a crash.
   *
   * @param expires whole seconds; empty for a token that never expires
   * @return false if no token has this ID, or if it has a different secret
   */
  boolean setExpiry(BootstrapToken token, Optional<Instant> expires);

  /** The public data that a node needs to join. */
  ClusterInfo clusterInfo();

  /**
   * Why the backend cannot store a token now; empty if it can. Readiness calls this, so it must
   * return within a second.
   */
  Optional<String> problem();

  /** Sets a listener for expired tokens that this backend removes. A cluster removes its own. */
  default void onExpiry(Consumer<BootstrapToken> listener) {}

  /** The default of {@code LAB_TOKEN_MAX_CREATES}, in tokens per second. */
  default int createsPerSecond() {
    return 20;
  }
}
