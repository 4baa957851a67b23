/** Serves a page that is one file, for a browser. */
package io.podlab.kit.page;
