/** Standard output that never blocks a request. */
package io.podlab.demo.output;
