/** {@code GET /ws}: a WebSocket that echoes messages, and that ends with a close frame. */
package io.podlab.demo.websocket;
