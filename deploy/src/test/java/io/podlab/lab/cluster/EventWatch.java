package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Watches the events of the pods in a namespace. {@code kubectl get events} shows only the total
 * count, which includes later runs of a container.
 */
final class EventWatch implements AutoCloseable {
  /** Events come in any order with whole seconds; the next run starts with successful probes. */
  private static final Duration STAMP = Duration.ofSeconds(1);

  /** One occurrence of an event. */
  record Event(String pod, String reason, String message, Instant at) {}

  private final Process kubectl;
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();

  private EventWatch(Process kubectl) {
    this.kubectl = kubectl;
  }

  static EventWatch of(RealCluster cluster) throws IOException {
    Process kubectl =
        Command.of("kubectl", "-n", cluster.namespace(), "get", "events", "--watch", "-o", "json")
            .builder()
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    EventWatch watch = new EventWatch(kubectl);
    new Thread(watch::read, "events of " + cluster.namespace()).start();
    return watch;
  }

  private void read() {
    try (MappingIterator<JsonNode> objects =
        new ObjectMapper().readerFor(JsonNode.class).readValues(kubectl.getInputStream())) {
      while (objects.hasNext()) {
        JsonNode event = objects.next();
        // Events of the scheduler have no such timestamp.
        if (event.path("source").path("component").asText().equals("kubelet")) {
          events.add(
              new Event(
                  event.path("involvedObject").path("name").asText(),
                  event.path("reason").asText(),
                  event.path("message").asText(),
                  Instant.parse(event.path("lastTimestamp").asText())));
        }
      }
    } catch (IOException e) {
      if (kubectl.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Event> of(String pod, String reason) {
    return events.stream()
        .filter(event -> event.pod().equals(pod) && event.reason().equals(reason))
        .sorted(Comparator.comparing(Event::at))
        .toList();
  }

  boolean has(String pod, String reason) {
    return !of(pod, reason).isEmpty();
  }

  /** The messages of the failed probes that made it kill the pod's container for the first time. */
  List<String> failuresBeforeTheFirstKill(String pod, String probe) {
    Instant kill = of(pod, "Killing").get(0).at();
    return of(pod, "Unhealthy").stream()
        .filter(event -> !event.at().isAfter(kill.plus(STAMP)))
        .map(Event::message)
        .filter(message -> message.startsWith(probe + " probe failed: "))
        .toList();
  }

  @Override
  public void close() {
    kubectl.destroy();
  }
}
