package io.podlab.board.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.board.moment.Kind;
import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import io.podlab.kit.testing.Browser;
import io.podlab.kit.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, which opens recordings of which the test knows every moment. */
class PageIT {
  private static final String AT_THE_END =
      "view.following = false; view.end = view.recording.to; drawing.rearrange()";
  private static PackagedService service;

  @TempDir Path directory;
  private Browser browser;

  @BeforeAll
  static void start() {
    Browser.assumeThereIsOne();
    service = PackagedService.start(Map.of());
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  @BeforeEach
  void open() {
    browser = Browser.open(service.uri("/"));
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void drawsALaneForEachPodItsStatesAndMarksAndTheSecondRow() throws Exception {
    show(deletion());

    assertThat(browser.texts(".row .name")).containsExactly("Service web", "web-1", "web-2");
    assertThat(browser.texts(".row .label")).containsExactly("▾ Deployment web");
    assertThat(states("web-1")).containsExactly("pending", "ready", "terminating");
    assertThat(kinds("web-1")).containsExactly("created", "ready", "deletion-requested", "gone");
    assertThat(browser.texts(".row .quiet")).containsExactly("↳ demo-app");
    assertThat(values("#marks [data-row=\"program web-1\"] .mark", "data-kinds"))
        .containsExactly("hook-called", "signal-arrived");
    assertThat(values("#bars .service rect", "data-endpoints")).contains("web-1", "");
    assertThat(browser.style(".row .name", "font-size")).isEqualTo("16px");
    assertThat(browser.texts("#words li span").get(0)).isEqualTo("Gone");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void isUsedByKeyboardOnly() throws Exception {
    show(deletion());
    assertThat(browser.text("#window")).isEqualTo("2 min");

    // Zoom, remembered in the address
    type("+");
    soon(() -> assertThat(browser.text("#window")).isEqualTo("1 min"));
    assertThat((String) browser.evaluate("return location.search")).isEqualTo("?last=1m");
    type("-");
    soon(() -> assertThat(browser.text("#window")).isEqualTo("2 min"));

    // Step by step
    browser.evaluate("view.end = view.recording.to");
    type(",");
    soon(
        () ->
            assertThat((Boolean) browser.evaluate("return view.end < view.recording.to")).isTrue());
    browser.evaluate(AT_THE_END);
    soon(() -> assertThat(kinds("web-1")).contains("gone"));

    // From mark to mark, which explain themselves
    browser.evaluate("document.querySelector('.mark[tabindex=\"0\"]').focus()");
    soon(() -> assertThat(browser.text("#tip")).contains("API", "seen 1"));
    String first = browser.text("#tip");
    browser.press(Keys.ARROW_DOWN);
    soon(() -> assertThat(browser.text("#tip")).isNotEmpty().isNotEqualTo(first));
    String focused = browser.evaluate("return document.activeElement.dataset.id");
    browser.evaluate("timeline.lanes.forEach(lane => lane.version++)");
    soon(
        () ->
            assertThat((String) browser.evaluate("return document.activeElement.dataset.id"))
                .isEqualTo(focused));
  }

  @Test
  void pausesAndPlays() throws Exception {
    show(deletion());
    browser.evaluate("view.end = view.recording.from");
    type(" ");
    soon(() -> assertThat(browser.text("#state")).startsWith("▶ Recording: Test"));
    type(" ");
    soon(() -> assertThat(browser.text("#state")).startsWith("❚❚ Recording: Test"));
  }

  @Test
  void filtersByLabel() throws Exception {
    show(deletion().ready(1, "db-1", "StatefulSet/db"));
    soon(() -> assertThat(browser.texts(".row .name")).contains("db-1"));

    browser.type("#label", "app=db");

    soon(() -> assertThat(browser.texts(".row .name")).containsExactly("db-1"));
    assertThat((String) browser.evaluate("return location.search")).contains("label=app%3Ddb");
    assertThat(browser.texts("#words li b")).containsOnly("Pod/db-1");
  }

  @Test
  void collapsesOwnersOfMoreThanTwelvePodsWhichEnterOpens() throws Exception {
    RecordingFile recording = new RecordingFile();
    IntStream.range(0, 13).forEach(i -> recording.ready(1, "web-" + i, "Deployment/web"));
    show(recording);
    soon(() -> assertThat(browser.texts(".row .label")).containsExactly("▸ Deployment web"));
    assertThat(browser.texts("#bars .in-bar")).contains("13 of 13 ready");

    browser.evaluate("document.querySelector('.row.group').focus()");
    browser.press(Keys.ENTER);

    soon(() -> assertThat(browser.texts(".row .name")).contains("web-0"));
    assertThat(browser.attribute(".row.header", "aria-expanded")).isEqualTo("true");
  }

  @Test
  void drawsUnknownTimeOverTheLanes() throws Exception {
    show(
        new RecordingFile()
            .ready(1, "web-1", null)
            .lane("Board", "default", null, null)
            .moment(20, "board/default", Kind.BLIND, Source.BOARD, null, "The watch broke"));

    soon(() -> assertThat(browser.text("#notes")).isEqualTo("✕ default: The watch broke"));
    assertThat(values("#bars .pod .blind", "fill")).containsExactly("url(#blind)");
  }

  @Test
  void takesTextFromOutsideAsText() throws Exception {
    String name = "<img src=x onerror=alert(1)>";
    show(
        new RecordingFile()
            .ready(1, name, "<b>owner</b>")
            .moment(9, name, Kind.WARNING, Source.EVENTS, null, name));

    assertThat(browser.texts(".row title")).contains(name);
    assertThat(browser.texts("#words li span")).contains(name);
    assertThat(browser.texts("img")).isEmpty();
    assertThat(browser.texts("#words li span b")).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    Path other = Files.writeString(directory.resolve("other.json"), "{\"format\": 1}");
    browser.type("#file", other.toAbsolutePath().toString());
    soon(
        () ->
            assertThat(browser.text("#problem-text")).startsWith("other.json is not a recording"));

    Path large = directory.resolve("large.json");
    Files.write(large, new byte[50 << 20]);
    browser.type("#file", large.toAbsolutePath().toString());
    soon(
        () ->
            assertThat(browser.text("#problem-text"))
                .startsWith("large.json is too large: 50 MiB"));
  }

  @Test
  void takesNoLongTaskForTwoHundredPodsAndFiveThousandMoments() throws Exception {
    // Given
    RecordingFile recording = new RecordingFile();
    for (int pod = 0; pod < 200; pod++) {
      String name = "web-" + pod;
      recording.ready(pod * 0.1, name, "Deployment/web" + pod % 10);
    }
    for (int round = 0; round < 23; round++) {
      for (int pod = 0; pod < 200; pod++) {
        boolean ready = round % 2 == 1;
        recording.moment(
            26 + round * 1.4 + pod * 0.005,
            "web-" + pod,
            ready ? Kind.READY : Kind.NOT_READY,
            Source.PODS,
            ready ? PodState.READY : PodState.NOT_READY,
            "Turned");
      }
    }
    Path file = recording.write(directory);
    long best = Long.MAX_VALUE;

    // When
    for (int round = 0; round < 5 && best >= 100; round++) {
      browser.evaluate(
          "window.long = 0; new PerformanceObserver(list => list.getEntries().forEach(one => window.long ="
              + " Math.max(window.long, one.duration))).observe({type: 'longtask'})");
      browser.type("#file", file.toString());
      soon(() -> assertThat(browser.text("#state")).contains("Recording"));
      browser.evaluate("document.querySelector('[data-speed=\"10\"]').click()");
      soon(
          () ->
              assertThat((Boolean) browser.evaluate("return view.end >= view.recording.to"))
                  .isTrue());
      browser.evaluate("drawing.toggle(drawing.rows[0].key)");
      soon(() -> assertThat(browser.texts(".row .name")).isNotEmpty());
      best = Math.min(best, ((Number) browser.evaluate("return window.long")).longValue());
      browser.reload();
    }

    // Then
    assertThat(best).as("the longest task, in milliseconds").isLessThan(100);
  }

  @Test
  void drawsTheTimeSinceTheStreamBrokeAsUnknown() {
    try (PackagedService other = PackagedService.start(Map.of());
        Browser page = Browser.open(other.uri("/"))) {
      soon(() -> assertThat(page.text("#state")).isNotEmpty().isNotEqualTo("Connecting…"));

      other.kill();

      soon(() -> assertThat(page.text("#state")).startsWith("✕ Connection lost at "));
      soon(() -> assertThat(Double.parseDouble(page.attribute("#lost", "width"))).isPositive());
    }
  }

  private static RecordingFile deletion() {
    return new RecordingFile()
        .lane("Service", "web", null, null)
        .ready(1, "web-1", "Deployment/web")
        .ready(2, "web-2", "Deployment/web")
        .moment(6, "web", Kind.ENDPOINT_IN, Source.ENDPOINTS, null, "web-1")
        .moment(
            20,
            "web-1",
            Kind.DELETION_REQUESTED,
            Source.PODS,
            PodState.TERMINATING,
            "Deletion requested")
        .moment(21, "web", Kind.ENDPOINT_OUT, Source.ENDPOINTS, null, "web-1")
        .moment(22, "web-1", Kind.HOOK_CALLED, Source.PROGRAM, null, "preStop hook called")
        .moment(28, "web-1", Kind.SIGNAL_ARRIVED, Source.PROGRAM, null, "SIGTERM")
        .moment(40, "web-1", Kind.GONE, Source.PODS, PodState.GONE, "Gone");
  }

  private void show(RecordingFile recording) throws Exception {
    browser.type("#file", recording.write(directory).toString());
    soon(() -> assertThat(browser.text("#state")).contains("Recording: Test"));
    browser.evaluate(AT_THE_END);
    soon(() -> assertThat(browser.texts("#lanes .mark")).isNotEmpty());
    soon(
        () -> assertThat((Boolean) browser.evaluate("return view.end === drawing.until")).isTrue());
  }

  private void type(String key) {
    browser.evaluate("document.activeElement.blur()");
    browser.type("body", key);
  }

  private List<String> states(String pod) {
    return values("#bars .pod[data-name=\"" + pod + "\"] .state", "data-state");
  }

  private List<String> kinds(String pod) {
    return values("#marks [data-row=\"pod " + pod + "\"] .mark", "data-kinds");
  }

  private List<String> values(String selector, String name) {
    return browser.evaluate(
        "return [...document.querySelectorAll('"
            + selector
            + "')].map(e => e.getAttribute('"
            + name
            + "')).filter(value => value !== null)");
  }

  private static void soon(ThrowingRunnable claim) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(claim);
  }
}
