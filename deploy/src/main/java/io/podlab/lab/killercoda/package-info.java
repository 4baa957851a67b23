/** Exports lessons as scenarios for Killercoda (https://killercoda.com/creators). */
package io.podlab.lab.killercoda;
