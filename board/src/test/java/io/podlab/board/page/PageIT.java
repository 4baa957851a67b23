package io.podlab.board.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import io.podlab.kit.testing.Browser;
import io.podlab.kit.testing.PackagedService;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.xml.sax.InputSource;

/** Tests the page in a real browser, with generated recordings. */
class PageIT {
  private static final String AT_THE_END =
      "view.following = false; view.end = view.recording.to; drawing.rearrange()";

  private static PackagedService service;

  @TempDir Path directory;
  private Browser browser;

  @BeforeAll
  static void start() {
    Browser.assumeThereIsOne();
    service = PackagedService.start(Map.of("LAB_BOARD_SAMPLE", "true"));
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
  void drawsLanesStatesMarksAndTheSecondRow() throws Exception {
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
    assertThat(browser.texts("#moments li span").get(0)).isEqualTo("Gone");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void worksWithTheKeyboardOnly() throws Exception {
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

    // From mark to mark, each with its tooltip
    browser.evaluate("document.querySelector('.mark[tabindex=\"0\"]').focus()");
    soon(() -> assertThat(browser.text("#tooltip")).contains("API", "seen 1"));
    String first = browser.text("#tooltip");
    browser.press(Keys.ARROW_DOWN);
    soon(() -> assertThat(browser.text("#tooltip")).isNotEmpty().isNotEqualTo(first));
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
    assertThat(browser.texts("#moments li b")).containsOnly("Pod/db-1");
  }

  @Test
  void collapsesOwnersOfMoreThanTwelvePods() throws Exception {
    RecordingFile recording = new RecordingFile();
    IntStream.range(0, 13).forEach(i -> recording.ready(1, "web-" + i, "Deployment/web"));
    show(recording);
    soon(() -> assertThat(browser.texts(".row .label")).containsExactly("▸ Deployment web"));
    assertThat(browser.texts("#bars .in-bar")).contains("13 of 13 ready");

    browser.evaluate("document.querySelector('.row.group').focus()");
    browser.press(Keys.ENTER);

    soon(() -> assertThat(browser.texts(".row .name")).contains("web-0"));
    assertThat(browser.attribute(".row.header", "aria-expanded")).isEqualTo("true");
    assertThat(
            (Boolean)
                browser.evaluate("return document.activeElement.classList.contains('header')"))
        .isTrue();
    browser.click(".row.header");
    soon(() -> assertThat(browser.texts(".row .name")).isEmpty());
  }

  @Test
  void drawsUnknownTimeOverTheLanes() throws Exception {
    show(
        new RecordingFile()
            .ready(1, "web-1", null)
            .lane("Board", "default", null, null)
            .moment(20, "board/default", Kind.BLIND, Source.BOARD, null, "The watch broke")
            .moment(25, "board/default", Kind.BLIND, Source.BOARD, null, "No permission")
            .moment(30, "board/default", Kind.WARNING, Source.BOARD, null, "No events"));

    soon(() -> assertThat(browser.text("#notes")).isEqualTo("✕ default: No permission"));
    assertThat(values("#bars .pod .blind", "fill")).containsExactly("url(#blind)");
  }

  @Test
  void showsTextAsText() throws Exception {
    String name = "<img src=x onerror=alert(1)>";
    show(
        new RecordingFile()
            .ready(1, name, "<b>owner</b>")
            .moment(9, name, Kind.WARNING, Source.EVENTS, null, name));

    assertThat(browser.texts(".row title")).contains(name);
    assertThat(browser.texts("#moments li span")).contains(name);
    browser.evaluate(
        "document.querySelector('#marks [data-row^=\"pod\"] .mark:last-child').focus()");
    soon(() -> assertThat(browser.text("#tooltip .what")).contains(name));
    assertThat(browser.texts("img")).isEmpty();
    assertThat(browser.texts("#moments li span b")).isEmpty();
  }

  @Test
  void reportsAnInvalidFile() throws Exception {
    Path other = Files.writeString(directory.resolve("other.json"), "{\"format\": 1}");
    browser.type("#file", other.toAbsolutePath().toString());
    soon(
        () ->
            assertThat(browser.text("#problem-text")).startsWith("other.json is not a recording"));

    Path large = directory.resolve("large.json");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(150_000_000);
    }
    browser.type("#file", large.toAbsolutePath().toString());
    soon(
        () ->
            assertThat(browser.text("#problem-text"))
                .startsWith("large.json is too large (150 MB)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"format\": 1}                                        | is not a recording: its",
        "<html>                                                 | is not a recording: it is not JSON",
        "{\"format\": \"podlab-recording/1\", \"lanes\": [null]} | is a damaged recording",
      })
  void reportsAnInvalidDroppedFile(String content, String problem) {
    drop(content, "<b>x.json");

    soon(() -> assertThat(browser.text("#problem-text")).startsWith("<b>x.json " + problem));
    browser.click("#problem-close");
    assertThat(browser.text("#problem-text")).isEmpty();
  }

  @Test
  void refusesAnUnknownStateAndADuplicateId() throws Exception {
    String good = Files.readString(deletion().write(directory));

    drop(good.replace("\"READY\"", "\"constructor\"").replace("\"ready\"", "\"constructor\""), "a");
    soon(() -> assertThat(browser.text("#problem-text")).startsWith("a is a damaged recording"));
    drop(good.replace("\"id\":2,", "\"id\":1,"), "b");
    soon(() -> assertThat(browser.text("#problem-text")).startsWith("b is a damaged recording"));
    drop(good, "c");
    soon(() -> assertThat(browser.text("#state")).contains("Recording: Test"));
    assertThat(browser.text("#problem-text")).isEmpty();
  }

  @Test
  void savesAStandalonePicture() throws Exception {
    show(deletion().ready(1, "<b>&\u0001\ud800\uffff", "Deployment/web"));

    String svg = saved("picture");

    var picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(picture.getElementsByTagName("script").getLength()).isZero();
    assertThat(picture.getElementsByTagName("style").getLength()).isOne();
    assertThat(picture.getElementsByTagName("pattern").getLength()).isPositive();
    assertThat(svg.replace("http://www.w3.org/2000/svg", ""))
        .contains("web-1", "▾ Deployment web", "preStop hook called</title>")
        .doesNotContain("://", "href", "@import", "var(");
    Files.writeString(Path.of("target", "saved-by-the-page.svg"), svg);
  }

  @Test
  void savesThePictureWithALegend() throws Exception {
    show(deletion());

    assertThat(saved("picture"))
        .contains(">Ready</text>", ">Not watched</text>", ">deletion-requested</text>")
        .doesNotContain(">oom-killed</text>");
  }

  @Test
  void showsTheEndOfABackOffInLocalTime() throws Exception {
    show(
        deletion()
            .moment(
                9,
                "web-2",
                Kind.BACK_OFF,
                Source.PODS,
                PodState.BACKING_OFF,
                "waits until 12:00:49 UTC: CrashLoopBackOff"));

    String local = browser.evaluate("return clock(Date.parse('2026-03-01T12:00:49Z'))");
    String text = "waits until " + local + ": CrashLoopBackOff";
    assertThat(browser.texts("#moments li span")).contains(text);
    assertThat(values("#marks .mark", "aria-label")).anyMatch(label -> label.contains(text));
  }

  @Test
  void savesTheOpenRecording() throws Exception {
    RecordingFile recording = deletion();
    show(recording);

    assertThat(new ObjectMapper().readTree(saved("record")))
        .isEqualTo(new ObjectMapper().readTree(recording.write(directory).toFile()));
  }

  @Test
  void remembersLightOrDark() {
    assertThat(browser.style("body", "color-scheme")).isEqualTo("light dark");
    String before = browser.style("#board", "background-color");
    browser.click("#scheme");
    String after = browser.style("#board", "background-color");
    assertThat(after).isNotEqualTo(before);

    browser.reload();

    assertThat(browser.style("#board", "background-color")).isEqualTo(after);
    browser.click("#scheme");
    assertThat(browser.style("#board", "background-color")).isEqualTo(before);
  }

  @Test
  void readsFiltersFromTheAddress() throws Exception {
    browser.close();
    browser = Browser.open(service.uri("/?namespace=default&label=app%3Ddb&last=5m"));
    show(deletion().ready(1, "db-1", "StatefulSet/db"));

    assertThat(browser.texts(".row .name")).containsExactly("db-1");
    assertThat(browser.text("#window")).isEqualTo("5 min");
    assertThat(
            (String) browser.evaluate("return byId('namespace').value + ' ' + byId('label').value"))
        .isEqualTo("default app=db");
    browser.evaluate(
        "byId('namespace').value = ''; byId('namespace').dispatchEvent(new Event('change'))");
    assertThat((String) browser.evaluate("return location.search")).doesNotContain("namespace");
  }

  @Test
  void keepsAFileThatWasOpenedBeforeTheRecordingOfTheBoardArrived() throws Exception {
    // Given
    browser.evaluate(
        "const real = window.fetch;"
            + " window.fetch = (...all) => new Promise(go => window.release = go).then(() => real(...all));"
            + " view.recording = null; window.loaded = false;"
            + " playServerRecording().then(() => window.loaded = true)");
    show(deletion());

    // When
    browser.evaluate("window.release()");

    // Then
    soon(() -> assertThat((Boolean) browser.evaluate("return window.loaded")).isTrue());
    soon(() -> assertThat(browser.text("#state")).contains("Recording: Test"));
  }

  @Test
  void movesInTime() throws Exception {
    show(deletion());
    type(Keys.ARROW_LEFT.toString());
    assertThat(fromTheEnd()).isEqualTo(30_000);
    type(Keys.ARROW_LEFT.toString());
    assertThat(fromTheEnd()).isEqualTo(60_000);
    type(Keys.ARROW_RIGHT.toString());
    assertThat(fromTheEnd()).isEqualTo(30_000);
    type("+0");
    soon(() -> assertThat(browser.text("#window")).isEqualTo("2 min"));
  }

  @Test
  void keepsTheFocusWhenMarksAndRowsChange() throws Exception {
    show(deletion());
    browser.evaluate(
        "tooltip.go(document.querySelector('#marks [data-row=\"pod web-1\"] .mark:nth-child(2)'))");
    soon(() -> assertThat(browser.text("#tooltip")).contains("Ready"));

    // The previous mark is removed, then a new one merges with it
    browser.evaluate(
        "const lane = timeline.lanes.get('web-1'); lane.moments.shift(); lane.version++;"
            + " drawing.drawRows()");
    assertThat(focused()).isEqualTo("ready");
    browser.evaluate(
        "timeline.add({...timeline.lanes.get('web-1').moments[0], id: 99, kind: 'warning', text:"
            + " 'Earlier', state: undefined, time: '2026-03-01T12:00:05.500Z'});"
            + " drawing.drawRows()");
    assertThat(focused()).isEqualTo("warning ready");
    soon(() -> assertThat(browser.text("#tooltip")).contains("Earlier", "Ready"));

    // A new row above
    browser.evaluate(
        "timeline.lane({uid: 'a', kind: 'Pod', namespace: 'default', name: 'a', owner:"
            + " 'Deployment/a', labels: {}, state: 'ready'}); drawing.rearrange()");
    soon(() -> assertThat(browser.texts(".row .name")).contains("a"));
    assertThat(focused()).isEqualTo("warning ready");
  }

  @Test
  void drawsUnknownTimeBeforeTheStartAndInOutages() throws Exception {
    show(
        new RecordingFile()
            .seenFrom(30)
            .ready(1, "web-1", null)
            .lane("Board", "default", null, null)
            .moment(35, "board/default", Kind.BLIND, Source.BOARD, null, "1")
            .moment(40, "board/default", Kind.SIGHTED, Source.BOARD, null, "2")
            .moment(45, "board/default", Kind.BLIND, Source.BOARD, null, "3")
            .moment(55, "board/default", Kind.SIGHTED, Source.BOARD, null, "4"));

    double second =
        ((Number) browser.evaluate("return drawing.scale.perMillisecond")).doubleValue() * 1000;
    soon(
        () ->
            assertThat(Double.parseDouble(browser.attribute("#unseen", "width")))
                .isCloseTo(90 * second, within(0.2)));
    assertThat(values("#bars .pod .blind", "width"))
        .extracting(width -> Math.round(Double.parseDouble(width) / second))
        .containsExactly(5L, 10L);
  }

  @Test
  void keepsAServingEndpointAndCountsMany() throws Exception {
    RecordingFile recording =
        deletion()
            .moment(10, "web", Kind.SERVING_WHILE_TERMINATING, Source.ENDPOINTS, null, "web-9")
            .moment(30, "web", Kind.ENDPOINT_OUT, Source.ENDPOINTS, null, "web-9")
            .moment(20.5, "web", Kind.SERVING_WHILE_TERMINATING, Source.ENDPOINTS, null, "web-1")
            .lane("Service", "many", null, null);
    IntStream.range(0, 20)
        .forEach(
            i ->
                recording.moment(2, "many", Kind.ENDPOINT_IN, Source.ENDPOINTS, null, "many-" + i));
    show(recording);

    assertThat(values("#bars .service[data-name=\"web\"] rect", "data-endpoints"))
        .containsExactly("", "web-1", "web-1 web-9", "web-9", "");
    assertThat(browser.texts("#bars .service[data-name=\"many\"] .in-bar")).contains("20");
  }

  @Test
  void playsTheRecordingOfABoardWithoutACluster() {
    soon(() -> assertThat(browser.text("#state")).containsIgnoringCase("recording: sample"));
    soon(
        () ->
            assertThat((Boolean) browser.evaluate("return view.end > view.recording.from"))
                .isTrue());
    assertThat(browser.text("#state")).contains(" of ");
    assertThat(browser.attribute("#replay", "hidden")).isNull();
    assertThat(browser.attribute("#back", "hidden")).isNotNull();
    assertThat(browser.console()).isEmpty();
  }

  /** How long its tasks take is measured by deploy/bench-board. */
  @Test
  void playsARecordingOfTwoHundredPodsAndFiveThousandMoments() throws Exception {
    // Given
    browser.type("#file", many().write(directory).toString());
    soon(() -> assertThat(browser.text("#state")).contains("Recording: Test"));

    // When
    browser.evaluate("document.querySelector('[data-speed=\"10\"]').click()");
    soon(
        () ->
            assertThat((Boolean) browser.evaluate("return view.end >= view.recording.to"))
                .isTrue());
    browser.evaluate("drawing.toggle(drawing.rows[0].key)");

    // Then
    assertThat((Boolean) browser.evaluate("return timeline.moments.length === 5000")).isTrue();
    soon(() -> assertThat(browser.texts(".row .name")).contains("web-0", "web-10"));
    soon(() -> assertThat(browser.texts("#moments li")).hasSize(200));
  }

  @Test
  void showsALiveStreamOfTwoHundredPodsAndFiveThousandMoments() throws Exception {
    // Given
    Path file = many().write(directory);
    try (PackagedService other =
            PackagedService.start(Map.of("LAB_BOARD_RECORDING", file.toString()));
        Browser page = Browser.open(other.uri("/"))) {
      soon(() -> assertThat(page.text("#state")).contains("Recording: Test"));

      // When: the same stream as for a cluster.
      page.evaluate("playServerRecording = () => {}; live()");

      // Then
      soon(
          () ->
              assertThat((Boolean) page.evaluate("return timeline.moments.length === 5000"))
                  .isTrue());
      soon(() -> assertThat(page.text("#state")).isEqualTo("● Live · 200 pods"));
      soon(() -> assertThat(page.texts("#moments li")).hasSize(200));
    }
  }

  private static RecordingFile many() {
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
    return recording;
  }

  private void drop(String content, String name) {
    browser.evaluate(
        "const data = new DataTransfer(); data.items.add(new File(["
            + new TextNode(content)
            + "], "
            + new TextNode(name)
            + ")); document.dispatchEvent(new DragEvent('drop', {dataTransfer: data}))");
  }

  /** The content of the file that a button saves. */
  private String saved(String button) {
    browser.evaluate(
        "URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text; }); return"
            + " '#'; }; window.saved = ''; byId('"
            + button
            + "').click()");
    soon(() -> assertThat((String) browser.evaluate("return window.saved")).isNotEmpty());
    return browser.evaluate("return window.saved");
  }

  private long fromTheEnd() {
    return ((Number) browser.evaluate("return view.recording.to - view.end")).longValue();
  }

  private String focused() {
    return browser.evaluate("return document.activeElement.dataset.kinds || ''");
  }

  @Test
  void drawsTheTimeAfterALostStreamAsUnknown() {
    try (PackagedService other = PackagedService.start(Map.of("LAB_BOARD_SAMPLE", "true"));
        Browser page = Browser.open(other.uri("/"))) {
      page.evaluate("playServerRecording = () => {}; live()");
      soon(() -> assertThat(page.text("#state")).startsWith("● Live"));

      other.kill();

      soon(() -> assertThat(page.text("#state")).startsWith("✕ Connection lost. Last update: "));
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
