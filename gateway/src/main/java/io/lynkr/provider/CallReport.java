package io.lynkr.provider;

/** Is told how one call goes. After the first of the last three nothing follows. */
interface CallReport {

    /** The answer has begun: its first event is here. */
    void answered();

    /** The answer is complete. */
    void succeeded();

    /**
     * There was no answer, or it broke off.
     *
     * @param what in one word, for metrics
     */
    void failed(Verdict verdict, String what);

    /** Nobody wants the answer any more. */
    void abandoned();
}
