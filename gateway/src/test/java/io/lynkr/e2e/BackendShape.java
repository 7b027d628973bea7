package io.lynkr.e2e;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TestGateway;

import java.util.ArrayList;
import java.util.List;

/** The wire shapes that a backend may have, each with a gateway in front of it. */
enum BackendShape {
    MESSAGES {
        @Override
        List<String> settings(FakeUpstream upstream) {
            return List.of(
                    "MODEL_PROVIDER",
                    "anthropic",
                    "ANTHROPIC_UPSTREAM_URL",
                    upstream.url().toString(),
                    "ANTHROPIC_UPSTREAM_API_KEY",
                    "sk-up");
        }
    },
    OPENAI {
        @Override
        List<String> settings(FakeUpstream upstream) {
            upstream.openAiModels();
            return List.of(
                    "MODEL_PROVIDER",
                    "openai",
                    "OPENAI_BASE_URL",
                    upstream.url() + "/v1",
                    "OPENAI_API_KEY",
                    "sk-up",
                    "OPENAI_MODEL",
                    "gpt-4o");
        }
    },
    OLLAMA {
        @Override
        List<String> settings(FakeUpstream upstream) {
            return List.of(
                    "MODEL_PROVIDER",
                    "ollama",
                    "OLLAMA_ENDPOINT",
                    upstream.url().toString(),
                    "OLLAMA_MODEL",
                    "qwen");
        }
    },
    DATABRICKS_CHAT {
        @Override
        List<String> settings(FakeUpstream upstream) {
            return List.of(
                    "MODEL_PROVIDER",
                    "databricks",
                    "DATABRICKS_API_BASE",
                    upstream.url().toString(),
                    "DATABRICKS_API_KEY",
                    "dapi-up",
                    "DATABRICKS_DIALECT",
                    "openai");
        }
    };

    /** Settings that point the gateway at the upstream: name, value, name, value … */
    abstract List<String> settings(FakeUpstream upstream);

    /** A gateway in front of the upstream; settings of its own follow those of the shape. */
    TestGateway inFrontOf(FakeUpstream upstream, String... more) {
        var all = new ArrayList<>(settings(upstream));
        // Tests let one backend fail in many ways, which is no reason to leave it alone.
        all.addAll(List.of("CIRCUIT_BREAKER_FAILURE_THRESHOLD", "1000"));
        all.addAll(List.of(more));
        return TestGateway.with(all.toArray(String[]::new));
    }
}
