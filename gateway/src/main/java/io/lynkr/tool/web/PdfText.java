package io.lynkr.tool.web;

import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

import java.io.IOException;
import java.util.Optional;

/** The text of a PDF, page by page, as far as there is any and it can be had in time. */
final class PdfText {
    private static final int MOST_PAGES = 200;
    private static final long MOST_NANOS = 10_000_000_000L;

    private PdfText() {}

    static PageReader.Text read(byte[] body) throws ToolException {
        try (var document = Loader.loadPDF(body)) {
            var title =
                    Optional.ofNullable(document.getDocumentInformation().getTitle()).orElse("");
            return new PageReader.Text(title, text(document));
        } catch (InvalidPasswordException locked) {
            throw new ToolException(Kind.FAILED, "the PDF is protected by a password");
        } catch (IOException broken) {
            throw new ToolException(Kind.FAILED, "the PDF is broken: " + broken.getMessage());
        }
    }

    private static String text(PDDocument document) throws IOException {
        long until = System.nanoTime() + MOST_NANOS;
        int pages = document.getNumberOfPages();
        var text = new StringBuilder();
        for (int page = 1; page <= pages; page++) {
            if (page > MOST_PAGES || System.nanoTime() - until > 0) {
                return text.append("\n\n[")
                        .append(pages - page + 1)
                        .append(" more pages]")
                        .toString();
            }
            var stripper = new PDFTextStripper();
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            text.append("## Page ").append(page).append("\n\n");
            text.append(stripper.getText(document).strip()).append("\n\n");
        }
        return text.toString().strip();
    }
}
