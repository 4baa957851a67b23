/** What a directory holds, as it is at that moment: for lessons on volumes and init containers. */
package io.podlab.demo.content;
