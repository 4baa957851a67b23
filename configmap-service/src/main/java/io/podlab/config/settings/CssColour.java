package io.podlab.config.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The named colours of <a href="https://www.w3.org/TR/css-color-4/#named-colors">CSS Color 4</a>,
 * and hex with three, four, six or eight digits. Nothing else of CSS: the text ends up in a style.
 */
final class CssColour {
  static final String ACCEPTED =
      "a CSS colour by name, such as steelblue, or in hex, such as #4682b4";

  private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})");

  private static final Set<String> NAMES =
      Set.of(
          """
          aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
          blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk
          crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki
          darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
          darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
          dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite
          gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
          lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
          lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen
          lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
          magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen
          mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream
          mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
          palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
          powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown
          seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen
          steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
          yellowgreen
          """
              .split("\\s+"));

  private CssColour() {}

  /** In lower case; empty if it is none. */
  static Optional<String> parse(String text) {
    String colour = text.toLowerCase(Locale.ROOT);
    return NAMES.contains(colour) || HEX.matcher(colour).matches()
        ? Optional.of(colour)
        : Optional.empty();
  }
}
