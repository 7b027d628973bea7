package io.lynkr.http;

/** Answers one kind of request, on a virtual thread. */
interface Handler {

    /**
     * @throws InterruptedException if the client left
     */
    void handle(Exchange exchange) throws InterruptedException;
}
