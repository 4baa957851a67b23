package io.podlab.board.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Timeline;
import io.podlab.kit.testing.Browser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(LivePageTest.UnreachableCluster.class)
class LivePageTest {
  /** The board watches an unreachable cluster, so only the test adds moments. */
  public static final class UnreachableCluster implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "kubernetes.master", "http://127.0.0.1:1",
          "kubernetes.auth.tryKubeConfig", "false",
          "lab.board.namespaces", "default");
    }
  }

  @TestHTTPResource URI root;
  @Inject Timeline timeline;

  @Test
  void showsNewMoments() {
    Browser.assumeThereIsOne();
    try (Browser browser = Browser.open(root)) {
      soon(() -> assertThat(browser.text("#state")).startsWith("● Live"));

      timeline.lane(pod());
      timeline.add(
          Observed.of("live-1", Kind.READY, Source.PODS, Optional.empty(), "Ready")
              .entering(PodState.READY));

      soon(() -> assertThat(browser.texts(".row .name")).contains("live-1"));
      soon(() -> assertThat(browser.texts("#moments li span")).contains("Ready"));
      String kinds = "[data-row=\"pod live-1\"] .mark";
      soon(() -> assertThat(browser.attribute("#marks " + kinds, "data-kinds")).isEqualTo("ready"));
      assertThat(browser.console()).isEmpty();
    }
  }

  @Test
  void doesNotReportNoPodsBeforeItIsConnected() {
    Browser.assumeThereIsOne();
    try (Browser browser = Browser.open(root.resolve("/?label=app%3Dnone"))) {
      soon(() -> assertThat(browser.text("#empty")).isEqualTo("No pods in this time range."));
      browser.block(root.resolve("/moments?follow"));

      browser.reload();

      soon(() -> assertThat(browser.text("#state")).startsWith("✕ Connection lost"));
      assertThat(browser.text("#empty"))
          .isEqualTo("Waiting for the live stream. Meanwhile, see the table or the picture.");
      assertThat(browser.attribute("#empty a:first-child", "href")).isEqualTo("moments");
      assertThat(browser.attribute("#empty a:last-child", "href")).isEqualTo("picture.svg");
    }
  }

  @Test
  void savesThePictureOfTheVisibleRange() {
    Browser.assumeThereIsOne();
    timeline.lane(pod());
    try (Browser browser =
        Browser.open(root.resolve("/?namespace=default&label=app%3Dx&last=5m"))) {
      soon(() -> assertThat(browser.text("#state")).startsWith("● Live"));
      browser.evaluate(
          "HTMLAnchorElement.prototype.click = function() { window.asked ="
              + " this.getAttribute('href') + ' ' + this.download; }");

      browser.click("#picture");
      assertThat((String) browser.evaluate("return window.asked"))
          .isEqualTo("picture.svg?last=5m&namespace=default&label=app%3Dx board.svg");
      browser.click("#record");
      assertThat((String) browser.evaluate("return window.asked"))
          .isEqualTo("recording.json recording.json");

      // The visible range is no longer live
      browser.click("#pause");
      browser.click("#picture");
      assertThat((String) browser.evaluate("return window.asked")).startsWith("blob:");
    }
  }

  @Test
  void returnsAnOverviewToCurlAndThePageToBrowsers() {
    timeline.lane(pod());
    RestAssured.given()
        .accept("*/*")
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(
            Matchers.containsString("Namespaces: default"),
            Matchers.containsString("/picture.svg"));
    RestAssured.given()
        .accept("text/html,*/*;q=0.8")
        .get("/")
        .then()
        .statusCode(200)
        .header(
            "Content-Security-Policy",
            Matchers.startsWith("default-src 'none'; style-src 'sha256-"))
        .body(
            Matchers.containsString("<svg id=\"lanes\""),
            Matchers.not(Matchers.containsString("{{")));
  }

  @Test
  void returnsThePictureAndRefusesAnInvalidDuration() {
    RestAssured.given()
        .accept("text/html,*/*;q=0.8")
        .get("/picture.svg?last=10s&namespace=default&label=app")
        .then()
        .statusCode(200)
        .contentType("image/svg+xml;charset=UTF-8");
    RestAssured.given()
        .accept("*/*")
        .get("/picture.svg?last=2h")
        .then()
        .statusCode(400)
        .body(
            Matchers.startsWith(
                "400 Bad Request: last: '2h' is not a duration from 10s to 1h; use Go syntax"));
  }

  private static Lane pod() {
    return new Lane(
        "live-1", "Pod", "default", "live-1", null, Map.of("app", "x"), null, null, null, null);
  }

  private static void soon(ThrowingRunnable claim) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(claim);
  }
}
