package io.podlab.kit.page;

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
}
