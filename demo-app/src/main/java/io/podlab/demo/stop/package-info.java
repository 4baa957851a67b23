/** The end: no request lost that can be finished in time, and a line on how it went. */
package io.podlab.demo.stop;
