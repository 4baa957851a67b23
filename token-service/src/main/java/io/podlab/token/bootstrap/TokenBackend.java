package io.podlab.token.bootstrap;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where bootstrap tokens are kept. Every method may block, may be called by many threads at once,
 * and may throw {@link BackendUnavailableException}.
 */
public interface TokenBackend {
  /** What it keeps them in, as {@code LAB_TOKEN_BACKEND} names it. */
  String name();

  /** All it holds, by id; those that have expired too, for as long as they are not cleaned away. */
  List<BootstrapToken> list();

  /** One of them, expired or not. */
  Optional<BootstrapToken> find(String id);

  /**
   * Keeps a new token. When this returns, it survives a crash.
   *
   * @throws TokenExistsException if one with this id is there; it stays as it is
   */
  void create(BootstrapToken token);

  /**
   * Removes exactly this token.
   *
   * @return false if there is none with its id, or one with another secret half
   */
  boolean delete(BootstrapToken token);

  /** What a joining node is told about the cluster. */
  ClusterInfo clusterInfo();

  /**
   * Why no token could be kept now, for a person; empty if one could. Asked by readiness, so it
   * must answer within a second.
   */
  Optional<String> problem();

  /** Calls the listener for each expired token that it removes, if it removes them itself. */
  default void onExpiry(Consumer<BootstrapToken> listener) {}

  /** How many creates a second it is to be asked for, unless {@code LAB_TOKEN_MAX_CREATES} says. */
  default int createsPerSecond() {
    return 20;
  }
}
