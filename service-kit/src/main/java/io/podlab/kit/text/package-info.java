/** Text from outside, as a terminal, a log or a page may show it. */
package io.podlab.kit.text;
