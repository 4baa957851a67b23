/** Lets scripts of other origins read answers in a browser (CORS); off by default. */
package io.podlab.demo.cors;
