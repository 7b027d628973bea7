package io.lynkr.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestFilesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/test/java/shop/Cart.java",
                "shop/CartTest.java",
                "shop/CartIT.java",
                "tests/cart.py",
                "test_cart.py",
                "pkg/cart_test.go",
                "src/cart.test.ts",
                "src/cart-spec.js",
                "src/__tests__/cart.tsx",
                "spec/cart_spec.rb",
                "test.js",
                "conftest.py",
            })
    void isATest(String file) {
        assertThat(TestFiles.isTest(file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/shop/test/Runner.java",
                "src/Commit.java",
                "src/limit.ts",
                "AUDIT.md",
                "src/contest.py",
                "src/latest.js",
                "src/testimony.py",
            })
    void isNone(String file) {
        assertThat(TestFiles.isTest(file)).isFalse();
    }

    @Test
    void belongsToAFileByItsName() {
        assertThat(TestFiles.isOf("src/test/CartTest.java", "src/main/Cart.java")).isTrue();
        assertThat(TestFiles.isOf("test_cart.py", "cart.py")).isTrue();
        assertThat(TestFiles.isOf("src/test/CartTest.java", "src/main/Card.java")).isFalse();
    }
}
