/** SIGHUP: what can be read anew is read anew. */
package io.podlab.demo.reload;
