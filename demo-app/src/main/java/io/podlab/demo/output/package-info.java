/** Standard output that never makes a request wait. */
package io.podlab.demo.output;
