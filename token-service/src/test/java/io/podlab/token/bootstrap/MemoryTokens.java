package io.podlab.token.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** A backend that a test can make fail. */
public final class MemoryTokens implements TokenBackend {
  public final Map<String, BootstrapToken> tokens = new ConcurrentSkipListMap<>();

  /** Creates that say that the id is taken, though it is not. */
  public volatile int collisions;

  /** Whether it does not answer now. */
  public volatile boolean away;

  /** Whether what is created is kept, and the answer lost. */
  public volatile boolean losesAnswers;

  /** Why cluster-info cannot be used at all; empty if it can. */
  public String clusterInfoRefusal = "";

  /** Why it has no endpoint. */
  public String endpointProblem = "";

  /** What happens between a list and its answer. */
  public Runnable afterList = () -> {};

  /** How often it was asked for something. */
  public int calls;

  private void called() {
    calls++;
    if (away) {
      throw new BackendUnavailableException("away", null);
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
    if (losesAnswers) {
      throw new BackendUnavailableException("no answer", null);
    }
  }

  @Override
  public boolean delete(BootstrapToken token) {
    called();
    return tokens.remove(token.id(), token);
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
    return away ? Optional.of("away") : Optional.empty();
  }
}
