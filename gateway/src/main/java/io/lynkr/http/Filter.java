package io.lynkr.http;

/** Something that happens around every handled request. */
interface Filter {

    /** Does its part before and after {@code proceed}, or answers itself. */
    void around(Exchange exchange, Handler proceed) throws InterruptedException;
}
