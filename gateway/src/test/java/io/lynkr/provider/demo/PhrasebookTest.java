package io.lynkr.provider.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plain English and brackets mean; announcements are left out. */
class PhrasebookTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '\0',
            textBlock =
                    """
                    list files                              => Run[command=ls -la]
                    Please list all the files in src/main.  => Run[command=ls -la src/main]
                    run echo hi                             => Run[command=echo hi]
                    Run the command `echo "a b"`            => Run[command=echo "a b"]
                    could you execute: git status?          => Run[command=git status]
                    read README.md                          => Read[path=README.md]
                    show me the file `a b`                  => Read[path=a b]
                    show me pom.xml, please                 => Read[path=pom.xml]
                    replace foo with bar in a.txt           => Edit[path=a.txt, before=foo, after=bar]
                    change "a with b" to 'c d' in the file x => Edit[path=x, before=a with b, after=c d]
                    write notes.txt: one two                => Write[path=notes.txt, content=one two]
                    create a file n.md with the content "hi" => Write[path=n.md, content=hi]
                    search the web for java 25              => Search[query=java 25]
                    ask a sub-agent to list files           => Delegate[prompt=list files]
                    use a subagent to run pwd               => Delegate[prompt=run pwd]
                    fail with 529                           => Fail[status=529]
                    answer with status 401                  => Fail[status=401]
                    stall for 5 seconds                     => Silence[time=PT5S]
                    call workspace_list                     => Call[tool=workspace_list, input=Optional.empty, hint=, evenIfUnknown=false]
                    call grep with {"pattern": "x"}         => Call[tool=grep, input=Optional[{"pattern": "x"}], hint=, evenIfUnknown=false]
                    use the tool grep todo                  => Call[tool=grep, input=Optional.empty, hint=todo, evenIfUnknown=false]
                    run a and b in parallel                 => Together[acts=[Run[command=a], Run[command=b]]]
                    read a, then run b                      => Read[path=a] Run[command=b]
                    run echo a then echo b                  => Run[command=echo a then echo b]
                    run the tests                           =>
                    what is the weather                     =>
                    [[bash:echo hi]]                        => Run[command=echo hi]
                    first [[read:a]] and [[bash:[[ -f a ]]]] => Read[path=a] Run[command=[[ -f a ]
                    [[edit:a|old|new]]                      => Edit[path=a, before=old, after=new]
                    [[write:a|x|y]]                         => Write[path=a, content=x|y]
                    [[parallel:bash:a;read:b]]              => Together[acts=[Run[command=a], Read[path=b]]]
                    [[agent:list files]]                    => Delegate[prompt=list files]
                    [[websearch:q]]                         => Search[query=q]
                    [[error:429]]                           => Fail[status=429]
                    [[error:200]]                           =>
                    [[stall:7]]                             => Silence[time=PT7S]
                    [[tool:t {"a":[[1]]}]]                  => Call[tool=t, input=Optional[{"a":[[1]]}], hint=, evenIfUnknown=true]
                    [[tool:t]]                              => Call[tool=t, input=Optional.empty, hint=, evenIfUnknown=true]
                    [[thinking:hm]]                         => Think[text=hm]
                    [[unknown:x]]                           =>
                    [[bash:never closed                     =>
                    """)
    void understands(String text, String meaning) {
        var acts =
                Phrasebook.read(text).stream()
                        .filter(directive -> !(directive instanceof Directive.Say))
                        .map(Directive::toString)
                        .toList();

        assertThat(String.join(" ", acts)).isEqualTo(meaning == null ? "" : meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"say hello", "[[text:hello]]", "Repeat: \"hello\""})
    void saysWhatItIsTold(String text) {
        assertThat(Phrasebook.read(text)).containsExactly(new Directive.Say("hello"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"replace ", "run ", "[[bash:", "[[tool:x {", "then ", "]]", "a with b in "})
    void staysQuickOnRepetitiveText(String part) {
        var text = part.repeat(20_000);

        assertThat(Phrasebook.read(text)).hasSizeLessThan(20_001);
    }
}
