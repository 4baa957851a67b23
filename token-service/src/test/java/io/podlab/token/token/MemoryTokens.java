package io.podlab.token.token;

import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.TokenBackend;
import io.podlab.token.bootstrap.TokenExistsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** A backend that a test can make fail. */
class MemoryTokens implements TokenBackend {
  final Map<String, BootstrapToken> tokens = new ConcurrentSkipListMap<>();

  /** Creates that say that the id is taken, though it is not. */
  volatile int collisions;

  /** Whether nothing can be created now. */
  volatile boolean away;

  /** Whether what is created is kept, and the answer lost. */
  volatile boolean losesAnswers;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<BootstrapToken> list() {
    return List.copyOf(tokens.values());
  }

  @Override
  public Optional<BootstrapToken> find(String id) {
    return Optional.ofNullable(tokens.get(id));
  }

  @Override
  public void create(BootstrapToken token) {
    if (away) {
      throw new BackendUnavailableException("away", null);
    }
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
    return tokens.remove(token.id(), token);
  }

  @Override
  public ClusterInfo clusterInfo() {
    return new ClusterInfo(Optional.empty(), "", Set.of());
  }

  @Override
  public boolean isReady() {
    return true;
  }
}
