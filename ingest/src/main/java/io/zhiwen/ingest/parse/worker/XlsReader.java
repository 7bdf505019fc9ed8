package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;

/// Excel from 97 to 2003.
final class XlsReader implements DocumentReader {

    private final boolean hiddenSheets;
    private final DataFormatter formatter = new DataFormatter(Locale.ROOT);

    XlsReader(boolean hiddenSheets) {
        this.hiddenSheets = hiddenSheets;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (POIFSFileSystem files = new POIFSFileSystem(file.toFile(), true);
                HSSFWorkbook workbook = new HSSFWorkbook(files, false)) {
            int left = 0;
            for (Sheet sheet : workbook) {
                int number = workbook.getSheetIndex(sheet);
                boolean hidden =
                        workbook.isSheetHidden(number) || workbook.isSheetVeryHidden(number);
                if (hidden && !hiddenSheets) {
                    left++;
                    continue;
                }
                to.namedSheet(sheet.getSheetName());
                SheetRows rows = new SheetRows(to);
                Merges merges = Merges.of(sheet.getMergedRegions());
                for (Row row : sheet) {
                    List<String> cells = cells(row);
                    merges.fill(row.getRowNum(), cells);
                    rows.row(row.getRowNum(), cells);
                }
                rows.end();
            }
            to.sheet(null);
            if (left > 0) {
                to.finding(Finding.ofDocument(Finding.Kind.HIDDEN_SHEETS, left));
            }
        }
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>();
        int width = Math.min(SheetRows.MOST_COLUMNS, Math.max(0, row.getLastCellNum()));
        for (int i = 0; i < width; i++) {
            Cell cell = row.getCell(i);
            cells.add(cell == null ? "" : shown(cell));
        }
        return cells;
    }

    private String shown(Cell cell) {
        CellType type =
                cell.getCellType() == CellType.FORMULA
                        ? cell.getCachedFormulaResultType()
                        : cell.getCellType();
        return switch (type) {
            case NUMERIC -> {
                double value = cell.getNumericCellValue();
                short format = cell.getCellStyle().getDataFormat();
                String name = cell.getCellStyle().getDataFormatString();
                String shown = formatter.formatRawCellContents(value, format, name);
                yield DateUtil.isADateFormat(format, name) ? shown : Numbers.inFull(shown, value);
            }
            case STRING -> cell.getStringCellValue();
            case BOOLEAN -> String.valueOf(cell.getBooleanCellValue());
            default -> "";
        };
    }
}
