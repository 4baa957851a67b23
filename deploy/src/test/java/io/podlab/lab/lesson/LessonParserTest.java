package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.lesson.LessonText.Block;
import io.podlab.lab.lesson.LessonText.Prose;
import io.podlab.lab.project.Service;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessonParserTest {
  private static final String BEGIN = "---\nminutes: 2\nkubernetes: \"1.24\"\n---\n# Title\n";

  @Test
  void readsFrontMatterTitleProseAndBlocks() throws Exception {
    // When
    LessonText text =
        LessonParser.parse(
            """
            ---
            minutes: 2
            kubernetes: "1.24"
            images: probe-target, demo-app
            needs: "openssl"
            ---
            # Title

            Some text.

            ```yaml
            kind: Pod
            ```

            ```sh
            kubectl apply -f pod.yaml
            ```

            ```console
            pod/x created
            ```

            More.

            ```sh
            sleep 1
            ```
            """);

    // Then
    assertThat(text.title()).isEqualTo("Title");
    assertThat(text.minutes()).isEqualTo(2);
    assertThat(text.oldest()).isEqualTo(new KubernetesVersion(1, 24));
    assertThat(text.images()).containsExactly(Service.PROBE_TARGET, Service.DEMO_APP);
    assertThat(text.needs()).isEqualTo("openssl");
    assertThat(text.parts())
        .containsExactly(
            new Prose(List.of("", "Some text.", "", "```yaml", "kind: Pod", "```", "")),
            new Block(List.of("kubectl apply -f pod.yaml"), Optional.of(List.of("pod/x created"))),
            new Prose(List.of("", "More.", "")),
            new Block(List.of("sleep 1"), Optional.empty()));
  }

  @Test
  void aCommandGoesOnOverIndentedLinesAndBackslashes() throws Exception {
    // When
    LessonText text =
        LessonParser.parse(
            BEGIN
                + "```sh\nkubectl get pod \\\n-o name\n\nfor i in 1 2; do\n  echo $i; done\nls\n```\n");

    // Then
    assertThat(((Block) text.parts().get(0)).commands())
        .containsExactly("kubectl get pod \\\n-o name", "for i in 1 2; do\n  echo $i; done", "ls");
  }

  @Test
  void textBetweenTheBlocksPartsThem() throws Exception {
    // When / Then
    assertThatThrownBy(
            () -> LessonParser.parse(BEGIN + "```sh\nls\n```\ntext\n```console\na\n```\n"))
        .isInstanceOf(InvalidLesson.class)
        .hasMessage("line 10: a console block must follow a sh block");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          # Title                                                       | the front matter is missing
          ---;minutes: 1;# Title                                        | line 3: '# Title' is not a setting
          ---;minutes: 1;---;# Title                                    | the front matter has no setting kubernetes
          ---;minutes: none;kubernetes: 1.20;---;# Title                | minutes is invalid: 'none'
          ---;minutes: 1;kubernetes: new;---;# Title                    | kubernetes is invalid: 'new'
          ---;minutes: 1;kubernetes: 1.20;images: nginx;---;# T         | images is invalid: 'nginx' is not a service; use demo-app
          ---;minutes: 1;kubernetes: 1.20;---;Text                      | the title is missing
          ---;minutes: 1;kubernetes: 1.20;---;# T;```sh;ls              | line 6: the block has no end
          ---;minutes: 1;kubernetes: 1.20;---;# T;```sh;```             | line 6: the sh block is empty
          ---;minutes: 1;kubernetes: 1.20;---;# T;```sh;a --watch;ls;```;```console;b;``` | must be the last command of its block
          ---;minutes: 1;kubernetes: 1.20;---;# T;```sh;a --follow;```  | needs a console block
          """)
  void saysInOneLineWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> LessonParser.parse(text.replace(';', '\n')))
        .isInstanceOf(InvalidLesson.class)
        .hasMessageContaining(message.replaceAll("^'|'$", ""));
  }
}
