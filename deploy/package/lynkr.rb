class Lynkr < Formula
  desc "Gateway for clients of the Anthropic Messages API"
  homepage "https://github.com/vishalveerareddy123/Lynkr"
  url "@URL@"
  version "@VERSION@"
  sha256 "@SUM@"
  license "MIT"

  def install
    libexec.install Dir["*"]
    bin.install_symlink libexec/"bin/lynkr"
  end

  service do
    run [opt_bin/"lynkr", "start"]
    keep_alive crashed: true
    working_dir var/"lynkr"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/lynkr --version").downcase
  end
end
