package io.podlab.demo.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.Browser;
import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;

/** Tests the page in a real browser. */
class PageIT {
  private static final Map<String, String> A_POD =
      Map.of(
          "LAB_POD_NAME",
          "demo-5cc9f67f46-f8jrd",
          "LAB_POD_NAMESPACE",
          "lab",
          "LAB_POD_IP",
          "10.244.0.7",
          "LAB_POD_NODE",
          "node1",
          "LAB_DEMO_COLOR",
          "steelblue",
          "LAB_DEMO_MESSAGE",
          "<b>version</b> 2");
  private static final Map<String, String> FAULTS = Map.of("LAB_DEMO_FAULTS", "true");
  private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");

  /**
   * Cumulative layout shift, measured by the browser. Below 0.1 is good (web.dev/articles/cls).
   * Past shifts arrive as the first task.
   */
  private static final String LAYOUT_SHIFT =
      "let sum = 0;"
          + "new PerformanceObserver(list => list.getEntries().forEach(one => sum += one.value))"
          + ".observe({type: 'layout-shift', buffered: true});"
          + "return new Promise(resolve => setTimeout(() => resolve(sum), 200))";

  private static final String FITS =
      "const root = document.documentElement; return root.scrollWidth <= root.clientWidth";

  private static final List<Dimension> SCREENS =
      List.of(new Dimension(1024, 768), new Dimension(1280, 800), new Dimension(1920, 1080));

  private static PackagedService plain;
  private static PackagedService faulty;

  @BeforeAll
  static void start() {
    Browser.assumeThereIsOne();
    plain = PackagedService.start(A_POD);
    faulty = PackagedService.start(FAULTS);
  }

  @AfterEach
  void heal() throws Exception {
    put(plain, "/readyz", "ok");
    put(plain, "/healthz", "ok");
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(faulty.uri("/faults")).DELETE().build(),
            BodyHandlers.discarding());
  }

  @AfterAll
  static void stop() {
    Stream.of(plain, faulty).filter(Objects::nonNull).forEach(PackagedService::close);
  }

  @Test
  void showsThePodWithoutButtonsWhereFaultsAreOff() throws Exception {
    try (Browser browser = Browser.open(plain.uri("/"))) {
      soon(() -> assertThat(browser.text("h1")).isEqualTo("demo-5cc9f67f46-f8jrd"));
      assertThat(browser.texts("#facts div"))
          .contains("Namespacelab", "IP10.244.0.7", "Nodenode1")
          .anyMatch(fact -> fact.startsWith("Version"));
      assertThat(browser.text("#message")).isEqualTo("<b>version</b> 2");
      assertThat(browser.text("#state")).isEqualTo("● Ready");
      assertThat(browser.text("#healthz .answer")).isEqualTo("✓ ok");
      assertThat(browser.texts("#timeline b")).contains("process-start", "listening", "ready");
      assertThat(browser.texts("button")).isEmpty();
    }
  }

  @Test
  void showsThePodWhereNoStreamComesThrough() throws Exception {
    try (Browser browser = Browser.open(plain.uri("/"))) {
      // Given
      browser.block(plain.uri("/page/events"));

      // When
      browser.reload();

      // Then
      assertThat(browser.text("h1")).isEqualTo("demo-5cc9f67f46-f8jrd");
      assertThat(browser.text("#message")).isEqualTo("<b>version</b> 2");
      assertThat(browser.text("#readyz .answer")).isEqualTo("✓ ok");
      assertThat(browser.texts("#timeline b")).contains("process-start", "listening", "ready");
      String state = browser.evaluate("return JSON.parse(at('first').textContent).lifecycle.now");
      String time = browser.evaluate("return clock('" + state + "')");
      soon(
          () ->
              assertThat(browser.text("#state"))
                  .isEqualTo("✕ Connection lost. Last update: " + time + ". Trying again…"));
    }
  }

  @Test
  void isReadableOnEachColor() throws Exception {
    // Given
    Map<String, String> texts =
        Map.of(
            "navy", "rgb(255, 255, 255)",
            "yellow", "rgb(0, 0, 0)",
            "#46a4", "rgb(0, 0, 0)",
            "blurple", "rgb(255, 255, 255)",
            "", "rgb(255, 255, 255)");
    try (Browser browser = Browser.open(plain.uri("/"))) {
      soon(() -> assertThat(browser.text("h1")).isNotEmpty());
      String steelblue = browser.style("header", "background-image");
      texts.forEach(
          (color, text) -> {
            // When
            browser.evaluate("paint('%s')".formatted(color));

            // Then
            soon(
                () ->
                    assertThat(rgb(browser.style("header", "color")))
                        .as(color)
                        .isEqualTo(rgb(text)));
            assertThat(browser.style("header", "background-image")).isNotEqualTo(steelblue);
          });
    }
  }

  @Test
  void countsUpUnderRequestsAndShowsTheLast() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of());
        Browser browser = Browser.open(service.uri("/"))) {
      // Given
      soon(() -> assertThat(browser.text("#total")).isEqualTo("1"));

      // When
      for (int number = 0; number < 30; number++) {
        service.get("/");
      }
      service.get("/status/503?secret");

      // Then
      soon(() -> assertThat(browser.text("#total")).isEqualTo("32"));
      soon(() -> assertThat(Double.parseDouble(browser.text("#rate"))).isPositive());
      assertThat(browser.texts("#requests tr"))
          .hasSize(20)
          .first(InstanceOfAssertFactories.STRING)
          .contains("503", "GET", "/status/503", "127.0.0.1")
          .doesNotContain("secret");
    }
  }

  @Test
  void showsWhatProbesAreTold() throws Exception {
    try (Browser browser = Browser.open(plain.uri("/"))) {
      // Given
      soon(() -> assertThat(browser.text("#state")).isEqualTo("● Ready"));

      // When
      put(plain, "/readyz", "fail");

      // Then
      soon(() -> assertThat(browser.text("#state")).isEqualTo("▲ Not ready: set to fail"));
      assertThat(browser.text("#readyz .answer")).isEqualTo("✗ fail");
      assertThat(browser.text("#healthz .answer")).isEqualTo("✓ ok");

      // When
      put(plain, "/healthz", "fail");

      // Then
      soon(() -> assertThat(browser.text("#state")).isEqualTo("▲ Not healthy: set to fail"));
    }
  }

  @Test
  void showsSigtermAndThenThatThePodIsGone() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_DEMO_DRAIN", "5s"));
        Browser browser = Browser.open(service.uri("/"))) {
      // Given
      soon(() -> assertThat(browser.text("#state")).isEqualTo("● Ready"));

      // When
      service.terminate();

      // Then
      soon(
          () ->
              assertThat(browser.text("#state"))
                  .matches("■ SIGTERM at \\d\\d:\\d\\d:\\d\\d: shutting down"));
      assertThat(browser.texts("#timeline b")).contains("SIGTERM", "not-ready");
      soon(
          () ->
              assertThat(browser.text("#state"))
                  .matches("✕ Connection lost\\. Last update: [0-9:]{8}\\. Trying again…"));
      assertThat(service.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void comesBackByItselfWithThePodThatTakesThePlace() throws Exception {
    try (PackagedService first = PackagedService.start(Map.of("LAB_POD_NAME", "demo-1"));
        Browser browser = Browser.open(first.uri("/"))) {
      // Given
      soon(() -> assertThat(browser.text("h1")).isEqualTo("demo-1"));
      String port = Integer.toString(first.uri("/").getPort());
      first.kill();
      soon(() -> assertThat(browser.text("#state")).startsWith("✕ Connection lost. Last update: "));

      // When
      try (PackagedService second =
          PackagedService.start(Map.of("LAB_POD_NAME", "demo-2", "QUARKUS_HTTP_PORT", port))) {
        // Then
        soon(() -> assertThat(browser.text("h1")).isEqualTo("demo-2"));
        assertThat(browser.text("#state")).isEqualTo("● Ready");
        assertThat(second.get("/").body()).startsWith("pod demo-2");
      }
    }
  }

  @Test
  void turnsAFaultOnAndOff() throws Exception {
    try (Browser browser = Browser.open(faulty.uri("/"))) {
      // Given
      soon(() -> assertThat(browser.texts("button")).hasSize(6));

      // When
      browser.click("[data-fault=errors]");

      // Then
      soon(() -> assertThat(pressed(browser, "errors")).isEqualTo("true"));
      assertThat(faulty.get("/faults").body()).contains("errors", "0.2 of the requests");

      // When
      browser.click("[data-fault=errors]");

      // Then
      soon(() -> assertThat(pressed(browser, "errors")).isEqualTo("false"));
      assertThat(faulty.get("/faults").body()).isEqualTo("no fault is active\n");
    }
  }

  @Test
  void showsAndEndsFaultsThatOthersHaveBegun() throws Exception {
    try (Browser browser = Browser.open(faulty.uri("/"))) {
      // Given
      soon(() -> assertThat(browser.texts("button")).hasSize(6));
      faulty.post("/faults/hang", "text/plain", "");
      soon(() -> assertThat(pressed(browser, "hang")).isEqualTo("true"));

      // When
      browser.click("#end-faults");

      // Then
      soon(() -> assertThat(pressed(browser, "hang")).isEqualTo("false"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/demo", "/demo/", "/demo?x=/y/"})
  void worksBehindAProxyThatStripsAPrefix(String path) throws Exception {
    try (StrippingProxy proxy = new StrippingProxy(faulty.uri("/"));
        Browser browser = Browser.open(proxy.uri(path))) {
      worksLive(browser, faulty);
      assertThat(proxy.outside()).isEmpty();
    }
  }

  @Test
  void worksBelowAPrefix() throws Exception {
    try (PackagedService service =
        PackagedService.start(Map.of("LAB_DEMO_FAULTS", "true", "LAB_DEMO_PREFIX", "/demo"))) {
      for (String path : List.of("/demo", "/demo/")) {
        try (Browser browser = Browser.open(service.uri(path))) {
          worksLive(browser, service);
          assertThat(requested(browser.network()))
              .contains(service.uri("/demo/page/events").toString());
        }
      }
    }
  }

  private static void worksLive(Browser browser, PackagedService service) throws Exception {
    // Given
    soon(() -> assertThat(browser.texts("button")).hasSize(6));

    // When: the stream shows it
    service.post("/faults/hang", "text/plain", "");

    // Then
    soon(() -> assertThat(pressed(browser, "hang")).isEqualTo("true"));

    // When
    browser.click("#end-faults");

    // Then
    soon(() -> assertThat(pressed(browser, "hang")).isEqualTo("false"));
    assertThat(service.get("/faults").body()).isEqualTo("no fault is active\n");
    assertThat(browser.text("#fault-answer")).isEmpty();

    // When
    browser.click("[data-fault=errors]");

    // Then
    soon(() -> assertThat(service.get("/faults").body()).contains("errors"));

    // When: the fault would fail the next page
    browser.click("#end-faults");

    // Then
    soon(() -> assertThat(service.get("/faults").body()).isEqualTo("no fault is active\n"));
  }

  @Test
  void isUsedByKeyboard() throws Exception {
    try (Browser browser = Browser.open(faulty.uri("/"))) {
      // Given
      soon(() -> assertThat(browser.texts("button")).hasSize(6));

      // When
      browser.press(Keys.TAB);

      // Then
      assertThat(browser.<String>evaluate("return document.activeElement.dataset.fault"))
          .isEqualTo("errors");
      assertThat(browser.style("[data-fault=errors]", "outline-style")).isEqualTo("solid");

      // When
      browser.press(Keys.ENTER);

      // Then
      soon(() -> assertThat(pressed(browser, "errors")).isEqualTo("true"));
    }
  }

  @Test
  void asksNoOtherHostAndCausesNoErrorInTheConsole() throws Exception {
    try (Browser browser = Browser.open(faulty.uri("/"))) {
      // When
      soon(() -> assertThat(browser.texts("button")).hasSize(6));
      browser.click("#end-faults");
      String beats = browser.text("#timeline");
      faulty.get("/");
      soon(() -> assertThat(browser.text("#timeline")).isNotEqualTo(beats));

      // Then
      assertThat(browser.console()).isEmpty();
      assertThat(requested(browser.network()))
          .contains(faulty.uri("/").toString(), faulty.uri("/page/events").toString())
          .allMatch(url -> url.startsWith(faulty.uri("/").toString()) || url.startsWith("data:"));
    }
  }

  @Test
  void fitsTheWidthOfEachScreenAndDoesNotMove() throws Exception {
    try (Browser browser = Browser.open(plain.uri("/"))) {
      for (Dimension screen : SCREENS) {
        // Given
        browser.resize(screen);

        // When
        browser.reload();
        soon(() -> assertThat(browser.text("#state")).isEqualTo("● Ready"));

        // Then
        assertThat(browser.<Boolean>evaluate(FITS)).as("%s fits", screen).isTrue();
        assertThat(browser.<Number>evaluate(LAYOUT_SHIFT).doubleValue())
            .as("shift at %s", screen)
            .isLessThan(0.1);
      }
    }
  }

  /** Long, for a loaded machine; others need less than a second. */
  private static void soon(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  private static String pressed(Browser browser, String fault) {
    return browser.attribute("[data-fault=" + fault + "]", "aria-pressed");
  }

  private static List<String> rgb(String color) {
    return Pattern.compile("\\d+").matcher(color).results().map(m -> m.group()).limit(3).toList();
  }

  private static List<String> requested(List<String> network) {
    return network.stream()
        .filter(event -> event.contains("\"Network.requestWillBeSent\""))
        .map(
            event -> {
              Matcher url = URL.matcher(event.substring(event.indexOf("\"request\":")));
              assertThat(url.find()).isTrue();
              return url.group(1);
            })
        .toList();
  }

  private static void put(PackagedService service, String path, String body)
      throws IOException, InterruptedException {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.uri(path))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding());
  }
}
