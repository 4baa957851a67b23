/** Stops gracefully: finishes requests in flight and logs a summary. */
package io.podlab.demo.stop;
