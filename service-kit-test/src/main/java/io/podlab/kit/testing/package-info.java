/** Code that the tests of all services share. */
package io.podlab.kit.testing;
