package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.lesson.ImageCheck.State;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCheckTest {
  private static final String UNSCHEDULED =
      "{\"conditions\": [{\"type\": \"PodScheduled\", \"status\": \"False\", \"message\": \"0/1 nodes are available\"}]}";

  private static State state(String status, int seconds) throws Exception {
    return ImageCheck.state(
        new ObjectMapper().readTree("{\"status\": " + status + "}"),
        "podlab/demo-app:1",
        Duration.ofSeconds(seconds));
  }

  private static String container(String state) {
    return "{\"containerStatuses\": [{\"state\": {" + state + "}}]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "running": {}                                     | 0   | true  |
          "terminated": {"exitCode": 0}                     | 0   | true  |
          "terminated": {"reason": "StartError"}            | 0   | true  |
          "waiting": {"reason": "ContainerCreating"}        | 60  | false |
          "waiting": {"reason": "ErrImagePull"}             | 0   | true  | 'image podlab/demo-app:1 is not on the nodes and cannot be pulled (ErrImagePull); load it with `deploy/lab images --load kind|minikube|k3s|containerd`'
          "waiting": {"reason": "ErrImageNeverPull"}        | 0   | true  | 'image podlab/demo-app:1 is not on the nodes and cannot be pulled (ErrImageNeverPull); load it with `deploy/lab images --load kind|minikube|k3s|containerd`'
          "waiting": {"reason": "CreateContainerError"}     | 301 | true  | a container with image podlab/demo-app:1 did not start within 300 s: CreateContainerError
          """)
  void tellsByTheContainer(String state, int seconds, boolean decided, String problem)
      throws Exception {
    // When
    State answer = state(container(state), seconds);

    // Then
    assertThat(answer.decided()).isEqualTo(decided);
    assertThat(answer.problem().orElse(null)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({"29, false", "31, true"})
  void aPodThatNoNodeTakesIsWaitedForHalfAMinute(int seconds, boolean decided) throws Exception {
    // When
    State state = state(UNSCHEDULED, seconds);

    // Then
    assertThat(state.decided()).isEqualTo(decided);
    assertThat(state.problem().isPresent()).isEqualTo(decided);
    state.problem().ifPresent(text -> assertThat(text).endsWith(": 0/1 nodes are available"));
  }
}
