package io.podlab.demo.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void allowsItsOwnStyleAndScriptByTheirHashesAndNothingElse() {
    // When
    Page page = Page.of("<style>a{}</style><script>b()</script>");

    // Then
    assertThat(page.securityPolicy())
        .startsWith("default-src 'none'; ")
        .contains("style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk=';")
        .contains("script-src 'sha256-cf242PFc/kb7xD0Qzhsmd9vvRkc+cWFmbi+k+YvtdKc=';")
        .doesNotContain("unsafe", "http", "*");
  }

  @Test
  void namesNoOtherHost() {
    // The namespace of SVG is a name, and no address.
    assertThat(Page.read().html().replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "src=", "@import", "url(", "innerHTML");
  }
}
