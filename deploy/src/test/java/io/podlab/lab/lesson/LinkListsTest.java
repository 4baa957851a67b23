package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinkListsTest {
  @Test
  void aSectionOfLinksIsLeftOutAndOneWithTextStays() {
    assertThat(
            LinkLists.removedFrom(
                List.of(
                    "## Why",
                    "See [this](x).",
                    "- [a](b)",
                    "## Read more",
                    "",
                    "- [Probes](https://kubernetes.io)",
                    "* [Pods](https://kubernetes.io)")))
        .containsExactly("## Why", "See [this](x).", "- [a](b)");
  }
}
