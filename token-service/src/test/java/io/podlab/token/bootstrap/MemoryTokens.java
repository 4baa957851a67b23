package io.podlab.token.bootstrap;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** A backend in memory that can fail on demand. */
public final class MemoryTokens implements TokenBackend {
  public final Map<String, BootstrapToken> tokens = new ConcurrentSkipListMap<>();

  /** The number of creates that fail with a taken ID. */
  public volatile int collisions;

  /** Whether the backend is unavailable. */
  public volatile boolean unavailable;

  /** Whether creates store the token and then fail. */
  public volatile boolean losesResponses;

  /** Why cluster-info is unusable; empty if it is usable. */
  public String clusterInfoRefusal = "";

  /** Why cluster-info has no endpoint. */
  public String endpointProblem = "";

  /** Runs between a list and its response. */
  public Runnable afterList = () -> {};

  /** Runs between an update and its response. */
  public Consumer<BootstrapToken> afterUpdate = token -> {};

  /** Runs at the start of a delete. */
  public Consumer<BootstrapToken> beforeDelete = token -> {};

  /** The number of calls. */
  public int calls;

  private void called() {
    calls++;
    if (unavailable) {
      throw new BackendUnavailableException("unavailable", null);
    }
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<BootstrapToken> list() {
    called();
    List<BootstrapToken> listed = List.copyOf(tokens.values());
    afterList.run();
    return listed;
  }

  @Override
  public Optional<BootstrapToken> find(String id) {
    called();
    return Optional.ofNullable(tokens.get(id));
  }

  @Override
  public void create(BootstrapToken token) {
    called();
    if (collisions > 0) {
      collisions--;
      throw new TokenExistsException(token.id());
    }
    if (tokens.putIfAbsent(token.id(), token) != null) {
      throw new TokenExistsException(token.id());
    }
    if (losesResponses) {
      throw new BackendUnavailableException("no answer", null);
    }
  }

  @Override
  public boolean delete(BootstrapToken token) {
    called();
    beforeDelete.accept(token);
    BootstrapToken there = tokens.get(token.id());
    return there != null
        && there.secret().equals(token.secret())
        && tokens.remove(token.id(), there);
  }

  @Override
  public boolean deleteUnchanged(BootstrapToken token) {
    called();
    beforeDelete.accept(token);
    return tokens.remove(token.id(), token);
  }

  @Override
  public boolean setExpiry(BootstrapToken token, Optional<Instant> expires) {
    called();
    boolean updated = tokens.replace(token.id(), token, token.withExpiry(expires));
    afterUpdate.accept(token.withExpiry(expires));
    return updated;
  }

  @Override
  public ClusterInfo clusterInfo() {
    called();
    if (!clusterInfoRefusal.isEmpty()) {
      throw new BackendUnavailableException(clusterInfoRefusal, null);
    }
    return new ClusterInfo(Optional.empty(), endpointProblem, "", Set.of());
  }

  @Override
  public Optional<String> problem() {
    return unavailable ? Optional.of("unavailable") : Optional.empty();
  }
}
