/** What a demo's probes ask: healthy and ready, unless told otherwise. */
package io.podlab.demo.health;
