package io.podlab.board.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.board.moment.Kind;
import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Moment;
import io.podlab.board.timeline.Recording;
import io.podlab.kit.http.ProblemException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PictureTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final List<Lane> lanes = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private Instant seenFrom;

  @Test
  void drawsEachStateWhereItWas() throws Exception {
    // Given
    pod("web-1", "Deployment/web", null);
    moment("web-1", 90, Kind.CREATED, PodState.PENDING, "Created");
    moment("web-1", 60, Kind.READY, PodState.READY, "Ready");
    moment("web-1", 30, Kind.GONE, PodState.GONE, "Gone");

    // When
    List<Element> bars = ofClass(draw("2m"), "rect", "state").subList(0, 2);

    // Then
    assertThat(bars)
        .extracting(bar -> bar.getAttribute("data-value"))
        .containsExactly("pending", "ready");
    double begin = number(bars.get(0), "x");
    double middle = number(bars.get(1), "x");
    assertThat(middle - begin).isEqualTo(996.0 / 4);
    assertThat(number(bars.get(1), "width")).isEqualTo(996.0 / 4);
  }

  @Test
  void keepsADeletedPodWhileItIsInTheWindow() throws Exception {
    pod("web-1", "Deployment/web", PodState.READY);
    moment("web-1", 60, Kind.GONE, PodState.GONE, "Gone");

    assertThat(texts(draw("2m"))).contains("web-1");
    assertThat(texts(draw("30s"))).doesNotContain("web-1").contains("No pods in this time range.");
  }

  @Test
  void drawsUnknownTimeOverEachLaneOfTheNamespace() throws Exception {
    pod("web-1", "Deployment/web", PodState.READY);
    lanes.add(
        new Lane(
            "board/default", "Board", "default", "default", null, null, null, null, null, null));
    moment("board/default", 60, Kind.BLIND, null, "The watch is interrupted");

    List<Element> blind = ofClass(draw("2m"), "rect", "blind");

    assertThat(blind)
        .hasSize(2)
        .allSatisfy(each -> assertThat(number(each, "width")).isEqualTo(996.0 / 2));
  }

  @Test
  void escapesText() throws Exception {
    pod("<script>alert(1)</script>\"&\u0000\u202e", "Deployment/<b>", PodState.READY);
    moment(lanes.get(0).uid(), 60, Kind.WARNING, null, "<img src=x onerror=alert(1)>\uFFFF\u001b");

    Document picture = draw("2m");

    assertThat(picture.getElementsByTagName("script").getLength()).isZero();
    assertThat(picture.getElementsByTagName("img").getLength()).isZero();
    assertThat(texts(picture)).contains("▾ Deployment <b>");
  }

  @Test
  void isStandalone() {
    pod("web-1", "Deployment/web", PodState.READY);

    String picture =
        Picture.draw(recording(), Duration.ofMinutes(5), Optional.empty(), labels -> true);

    assertThat(picture)
        .contains("font: 16px")
        .doesNotContain("<script", "@import", "href", "var(", "url(h");
    assertThat(picture.replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");
  }

  @Test
  void drawsOneLanePerOwnerForMoreThanTwelvePods() throws Exception {
    IntStream.range(0, 12).forEach(i -> pod("web-" + i, "Deployment/web", PodState.READY));
    assertThat(texts(draw("1m"))).contains("web-0", "web-11", "▾ Deployment web");

    pod("web-12", "Deployment/web", PodState.PENDING);
    assertThat(texts(draw("1m")))
        .contains("▸ Deployment web", "12 of 13 ready")
        .doesNotContain("web-0");
  }

  @Test
  void drawsTheEndpointsOfAService() throws Exception {
    lanes.add(
        new Lane("s", "Service", "default", "web", null, null, null, null, null, List.of("web-a")));
    moment("s", 60, Kind.ENDPOINT_OUT, null, "web-a no longer gets traffic", "web-a");

    assertThat(texts(draw("2m"))).contains("Service web", "1: web-a", "No endpoints");
  }

  @Test
  void keepsAnEndpointThatServesWhileTerminating() throws Exception {
    lanes.add(new Lane("s", "Service", "default", "web", null, null, null, null, null, null));
    moment("s", 90, Kind.SERVING_WHILE_TERMINATING, null, "web-a is still serving", "web-a");
    moment("s", 60, Kind.ENDPOINT_IN, null, "web-b gets traffic", "web-b");
    moment("s", 45, Kind.SERVING_WHILE_TERMINATING, null, "web-b is still serving", "web-b");
    moment("s", 30, Kind.ENDPOINT_OUT, null, "web-a no longer gets traffic", "web-a");

    assertThat(texts(draw("2m"))).contains("1: web-a", "2: web-a, web-b", "1: web-b");
  }

  @Test
  void showsTheNumberOfEndpointsIfTheirNamesAreTooLong() throws Exception {
    List<String> many = IntStream.range(0, 40).mapToObj(i -> "web-6d5f-" + i).toList();
    lanes.add(new Lane("s", "Service", "default", "web", null, null, null, null, null, many));
    lanes.add(
        new Lane(
            "t", "Service", "default", "db", null, null, null, null, null, many.subList(0, 9)));

    assertThat(texts(draw("2m"))).contains("40", "9: 0, 1, 2, 3, 4, 5, 6, 7, 8");
  }

  @Test
  void drawsEachOfTwoInterruptions() throws Exception {
    pod("web-1", "Deployment/web", PodState.READY);
    lanes.add(
        new Lane(
            "board/default", "Board", "default", "default", null, null, null, null, null, null));
    moment("board/default", 110, Kind.BLIND, null, "The watch is interrupted");
    moment("board/default", 80, Kind.SIGHTED, null, "All watches work again");
    moment("board/default", 80, Kind.BLIND, null, "The watch is interrupted");
    moment("board/default", 70, Kind.BLIND, null, "The watch is interrupted");
    moment("board/default", 20, Kind.SIGHTED, null, "All watches work again");

    assertThat(ofClass(draw("2m"), "rect", "blind"))
        .extracting(each -> Math.round(number(each, "width") * 120 / 996))
        .containsExactly(30L, 60L, 30L, 60L);
  }

  @Test
  void drawsTheTimeBeforeTheStartUnderRebuiltStates() throws Exception {
    pod("web-1", "Deployment/web", PodState.READY);
    seenFrom = NOW.minusSeconds(60);

    assertThat(ofClass(draw("2m"), "rect", "unseen"))
        .hasSize(2)
        .allSatisfy(
            each -> {
              assertThat(number(each, "width")).isEqualTo(996.0 / 2);
              assertThat(each.getPreviousSibling().getPreviousSibling().getNodeName())
                  .isEqualTo("path");
            });
    assertThat(ofClass(draw("1m"), "rect", "unseen")).isEmpty();
  }

  @Test
  void putsPodsWithoutAnOwnerLast() throws Exception {
    pod("alone", null, PodState.READY);
    pod("db-0", "StatefulSet/db", PodState.READY);
    pod("web-1", "Deployment/web", PodState.READY);

    assertThat(texts(draw("2m")))
        .containsSubsequence(
            "▾ Deployment web", "▾ StatefulSet db", "▾ Pods without an owner", "alone");
  }

  @Test
  void selectsByLabel() throws Exception {
    pod("web-1", "Deployment/web", PodState.READY);
    Document other =
        parse(
            Picture.draw(
                recording(),
                Duration.ofMinutes(1),
                Optional.empty(),
                LabelSelector.parse("app!=web")));
    Document same =
        parse(
            Picture.draw(
                recording(),
                Duration.ofMinutes(1),
                Optional.empty(),
                LabelSelector.parse("app=web")));

    assertThat(texts(other)).doesNotContain("web-1");
    assertThat(texts(same)).contains("web-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9s", "61m", "-5m", "5", "x", "", "1d"})
  void refusesAnInvalidDuration(String last) {
    assertThatThrownBy(() -> PictureResource.time(last))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused.problem().field()).isEqualTo("last");
              assertThat(refused.problem().accepted()).contains("1m30s");
            });
  }

  private void pod(String name, String owner, PodState state) {
    lanes.add(
        new Lane(
            name, "Pod", "default", name, owner, Map.of("app", "web"), null, null, state, null));
  }

  private void moment(String lane, int secondsAgo, Kind kind, PodState state, String text) {
    moment(lane, secondsAgo, kind, state, text, null);
  }

  private void moment(
      String lane, int secondsAgo, Kind kind, PodState state, String text, String endpoint) {
    Instant time = NOW.minusSeconds(secondsAgo);
    moments.add(
        new Moment(
            moments.size() + 1,
            time.getEpochSecond(),
            time,
            time,
            time,
            false,
            Source.PODS,
            kind,
            lane,
            "default",
            "Pod/" + lane,
            state,
            null,
            endpoint,
            null,
            text));
  }

  private Recording recording() {
    return new Recording(
        Recording.FORMAT, "", NOW.minusSeconds(3600), NOW, seenFrom, 0, lanes, moments);
  }

  private Document draw(String last) throws Exception {
    return parse(
        Picture.draw(recording(), PictureResource.time(last), Optional.empty(), labels -> true));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document picture, String name) {
    NodeList found = picture.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static List<Element> ofClass(Document picture, String name, String style) {
    return elements(picture, name).stream()
        .filter(each -> each.getAttribute("class").equals(style))
        .toList();
  }

  private static List<String> texts(Document picture) {
    return elements(picture, "text").stream().map(Element::getTextContent).toList();
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }
}
