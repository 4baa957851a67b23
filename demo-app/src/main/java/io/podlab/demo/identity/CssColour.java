package io.podlab.demo.identity;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * The named colours of <a href="https://www.w3.org/TR/css-color-4/#named-colors">CSS Color 4</a>,
 * and hex with three, four, six or eight digits. Nothing else of CSS: the text ends up in a style.
 */
public final class CssColour implements Converter<String> {
  private static final long serialVersionUID = 1L;

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

  @Override
  public String convert(String text) {
    String colour = text.strip().toLowerCase(Locale.ROOT);
    if (NAMES.contains(colour) || HEX.matcher(colour).matches()) {
      return colour;
    }
    throw new IllegalArgumentException(
        "it is a CSS colour by name, such as steelblue, or in hex, such as #4682b4");
  }
}
