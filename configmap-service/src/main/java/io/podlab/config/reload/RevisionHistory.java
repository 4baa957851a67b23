package io.podlab.config.reload;

import io.podlab.config.settings.KeyError;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last revisions, accepted and rejected, with the content of the accepted ones. */
final class RevisionHistory {
  static final int MOST = 100;

  /** Limit for all contents. A hundred large ConfigMaps do not fit into the memory. */
  static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  /** A key needs memory even if its name and its value are short. */
  private static final int CHARACTERS_OF_A_KEY = 100;

  private static final int MOST_ERRORS = 3;

  private final Deque<Revision> revisions = new ArrayDeque<>();

  /** By revision, the oldest first. */
  private final Map<String, Content> contents = new LinkedHashMap<>();

  private record Content(Snapshot snapshot, long characters) {
    static Content of(Snapshot snapshot) {
      return new Content(
          snapshot,
          Stream.of(snapshot.data(), snapshot.binaryData())
              .flatMap(values -> values.entrySet().stream())
              .mapToLong(
                  entry ->
                      entry.getKey().length() + entry.getValue().length() + CHARACTERS_OF_A_KEY)
              .sum());
    }
  }

  /** The newest first. */
  synchronized List<Revision> list() {
    return List.copyOf(revisions);
  }

  synchronized void add(Revision revision) {
    revisions.addFirst(revision);
    if (revisions.size() > MOST) {
      revisions.removeLast();
      contents.keySet().removeIf(name -> find(name).isEmpty());
    }
  }

  /**
   * Adds a revision that takes effect. The limit for all contents does not apply to its content.
   */
  synchronized void addInEffect(Revision revision, Snapshot content) {
    contents.remove(content.revision());
    contents.put(content.revision(), Content.of(content));
    add(revision);
    long characters = contents.values().stream().mapToLong(Content::characters).sum();
    while (characters > MOST_CHARACTERS && contents.size() > 1) {
      String oldest = contents.keySet().iterator().next();
      characters -= contents.remove(oldest).characters();
    }
  }

  /**
   * The content of an accepted revision.
   *
   * @throws ProblemException with 404 if the history does not have it, and 409 if the revision was
   *     rejected
   */
  synchronized Snapshot content(String revision) {
    Content content = contents.get(revision);
    if (content != null) {
      return content.snapshot();
    }
    Revision known =
        find(revision)
            .orElseThrow(
                () ->
                    problem(
                        404,
                        "no revision %s in the history; GET /config/history lists the last %d"
                            .formatted(revision, MOST)));
    throw known.result() == Revision.Result.REJECTED
        ? problem(409, "revision %s was rejected: %s".formatted(revision, errors(known)))
        : problem(
            404,
            "the service no longer has the content of revision %s; it keeps %,d characters of old content"
                .formatted(revision, MOST_CHARACTERS));
  }

  private Optional<Revision> find(String revision) {
    return revisions.stream()
        .filter(one -> one.revision().equals(Optional.of(revision)))
        .findFirst();
  }

  private static String errors(Revision rejected) {
    return rejected.errors().stream()
        .limit(MOST_ERRORS)
        .map(KeyError::sentence)
        .collect(Collectors.joining("; "));
  }

  private static ProblemException problem(int status, String detail) {
    return new ProblemException(Problem.of(status, detail));
  }
}
