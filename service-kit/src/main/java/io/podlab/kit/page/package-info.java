/** Serves an HTML page that is one file. */
package io.podlab.kit.page;
